import type { Cell } from './cells.ts';
import type { Read, Seen } from './read-cell.ts';

export const columns: readonly string[] = [
  'Framework',
  'Route below a prefix',
  'Not found',
  'Error, answered with 500',
  'Error that the program catches',
  'Wrong request',
  'Given up',
  'Log line',
];

/** A row of the table, without the column that tells versions and the one of zero-code. */
export function renderCell(cell: Cell, { requests, log }: Read): string {
  const { nested, missing, fails, caught, refuses, aborted } = requests;
  const cells = [
    cell.framework,
    named(nested),
    named(missing),
    failed(fails),
    failed(caught),
    refuses === undefined ? '' : refuses.failed ? `${named(refuses)}, ERROR` : named(refuses),
    named(aborted),
    log,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What is not as with zero-code instrumentation, in the same words. */
export function renderBeside(ours: Read, zero: Read): string {
  const differences = Object.entries(zero.requests).flatMap(([ask, seen]) => {
    const own = ours.requests[ask as keyof Read['requests']];
    const [was, is] = [told(seen), told(own)];
    return was === is ? [] : [`${ask}: ${was}`];
  });
  if (zero.log !== ours.log) differences.push(`log line: ${zero.log}`);
  if (zero.end !== ours.end) differences.push(`ends ${zero.end}`);
  return differences.length === 0 ? 'the same' : differences.join('; ');
}

function told(seen: Seen | undefined): string {
  if (seen === undefined) return '';
  return `${named(seen)}${seen.failed ? ' ERROR' : ''}${seen.exceptions.length > 0 ? ` ${seen.exceptions.join(', ')}` : ''}`;
}

function named(seen: Seen | undefined): string {
  if (seen === undefined) return '';
  return seen.spans === 1 ? `\`${seen.name}\`` : `${seen.spans} spans`;
}

function failed(seen: Seen | undefined): string {
  if (seen === undefined) return '';
  const what = seen.exceptions.length > 0 ? `\`${seen.exceptions.join(', ')}\`` : 'status only';
  return `${named(seen)} ${seen.failed ? '' : 'not failed '}${what}`;
}

import type { Read, Seen } from './read-cell.ts';

export const columns: readonly string[] = [
  'Route below a prefix',
  'Not found',
  'Error, answered with 500',
  'Error that the program catches',
  'Wrong request',
  'Given up',
  'Log line',
];

export function renderCell({ requests, log }: Read): readonly string[] {
  const { nested, missing, fails, caught, refuses, aborted } = requests;
  return [
    named(nested),
    named(missing),
    failed(fails),
    failed(caught),
    refuses === undefined ? '' : refuses.failed ? `${named(refuses)}, ERROR` : named(refuses),
    named(aborted),
    log,
  ];
}

/** The same for the comparison with zero-code, of every request. */
export function tellCell({ requests, log, end }: Read): Readonly<Record<string, string>> {
  const asked = Object.entries(requests).map(([ask, seen]) => [ask, told(seen)]);
  return { ...Object.fromEntries(asked), 'log line': log, ends: end };
}

function told(seen: Seen | undefined): string {
  if (seen === undefined) return '';
  return `${named(seen)}${seen.failed ? ' ERROR' : ''}${seen.exceptions.length > 0 ? ` ${seen.exceptions.join(', ')}` : ''}`;
}

export function named(seen: Seen | undefined): string {
  if (seen === undefined) return '';
  return seen.spans === 1 ? `\`${seen.name}\`` : `${seen.spans} spans`;
}

export function failed(seen: Seen | undefined): string {
  if (seen === undefined) return '';
  const what = seen.exceptions.length > 0 ? `\`${seen.exceptions.join(', ')}\`` : 'status only';
  return `${named(seen)} ${seen.failed ? '' : 'not failed '}${what}`;
}

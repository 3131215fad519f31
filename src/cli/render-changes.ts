import type { FileDiff } from '../engine/index.ts';
import { groupReasons } from '../review/group-reasons.ts';
import { count, wrap } from './layout.ts';
import type { Output } from './output.ts';

/** What will change and why, one block a file. */
export function renderChanges(diffs: readonly FileDiff[], { colors, width }: Output): string {
  if (diffs.length === 0) return colors.bold('Nothing to change: everything is in place');
  const sizes = diffs.map(countLines);
  const names = Math.max(...diffs.map(({ file }) => file.length));
  const said = new Map<string, string>();
  const blocks = diffs.map(({ file, kind, reasons }, index) => {
    const head = `  ${colors.cyan(file.padEnd(names))}  ${(kind === 'delete' ? colors.red : colors.green)(size(kind, sizes[index]))}`;
    const whys = newReasons(file, reasons, said).flatMap((why) => wrap(why, width - 6));
    return [head, ...whys.map((line) => `      ${line}`)].join('\n');
  });
  const total = sizes.reduce((sum, one) => ({ added: sum.added + one.added, removed: sum.removed + one.removed }), {
    added: 0,
    removed: 0,
  });
  return `${colors.bold(`Will change ${count(diffs.length, 'file')}`)} (+${total.added} -${total.removed})\n${blocks.join('\n')}`;
}

/** The reasons that no earlier file had, and the names of the files that had the others. `said` remembers. */
function newReasons(file: string, reasons: FileDiff['reasons'], said: Map<string, string>): readonly string[] {
  const groups = groupReasons(reasons);
  const earlier = [...new Set(groups.flatMap(({ shape }) => said.get(shape) ?? []))];
  const fresh = groups.filter(({ shape }) => !said.has(shape));
  for (const { shape } of fresh) said.set(shape, file);
  return [...fresh.map(({ text }) => text), ...(earlier.length === 0 ? [] : [`As in ${earlier.join(', ')}.`])];
}

interface Size {
  readonly added: number;
  readonly removed: number;
}

function countLines({ hunks }: FileDiff): Size {
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return { added: lines.filter((line) => line.startsWith('+')).length, removed: lines.filter((line) => line.startsWith('-')).length };
}

function size(kind: FileDiff['kind'], { added, removed }: Size = { added: 0, removed: 0 }): string {
  if (kind === 'delete') return 'deleted';
  const lines = [...(added > 0 ? [`+${added}`] : []), ...(removed > 0 ? [`-${removed}`] : [])];
  return [...(kind === 'create' ? ['new'] : []), ...lines].join(' ');
}

import type { FileDiff } from '../engine/index.ts';
import { groupReasons } from '../review/index.ts';
import type { Output } from './output.ts';

/** Every changed line, as `git diff` would show it, with the reason above each hunk. */
export function renderDiff(diffs: readonly FileDiff[], output: Output): string {
  return diffs.map((diff) => renderFile(diff, output)).join('\n\n');
}

function renderFile({ file, kind, binary, bytes, hunks }: FileDiff, { colors }: Output): string {
  const head = colors.bold(`${kind} ${file}`);
  if (binary) return `${head}\n  ${bytes} bytes, not text`;
  const parts = hunks.map(({ header, lines, reasons }) => {
    const whys = groupReasons(reasons).map(({ text }) => colors.dim(`# ${text}`));
    return [...whys, colors.cyan(header), ...lines.map((line) => paint(line.replace(/\r$/, ''), colors))].join('\n');
  });
  return `${head}\n${parts.join('\n')}`;
}

function paint(line: string, colors: Output['colors']): string {
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : line;
}

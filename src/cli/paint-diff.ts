import type { Output } from './output.ts';

/** A unified diff in the usual colours. */
export function paintDiff(diff: string, { colors }: Output): string {
  return diff
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (/^(?:diff |index |--- |\+\+\+ |={3,})/.test(line)) return colors.bold(line);
      if (line.startsWith('@@')) return colors.cyan(line);
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : line;
    })
    .join('\n');
}

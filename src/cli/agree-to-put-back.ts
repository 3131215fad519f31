import { TracewrightError } from '../contract/index.ts';
import { diffPutBack, type PutBack, previewInterrupted, recoverApply } from '../engine/index.ts';
import { ask } from './ask.ts';
import { columns, count } from './layout.ts';
import type { Output } from './output.ts';
import type { Invocation } from './parse-words.ts';
import { renderDiff } from './render-diff.ts';

/** Lists files that get other bytes, and asks; `--yes` is a yes. What names them lies in the repository, so it may be a stranger's. Throws TW1073 where nobody can be asked. */
export async function agreeToPutBack(folder: string, files: readonly PutBack[], invocation: Invocation, output: Output): Promise<boolean> {
  output.print(renderPutBack(files, output));
  if (invocation.flag('yes')) return true;
  const what = count(files.length, 'file');
  const place = folder === '.' ? 'here' : `in ${folder}`;
  if (!output.interactive) throw new TracewrightError('TW1073', `${what} would change ${place}`);
  output.print('');
  return ask(`Change ${what} ${place}?`, () => output.print(renderDiff(diffPutBack(files), output)));
}

/** Puts an interrupted apply back when somebody agrees: `left` when nobody did, `none` when there was none. A journal of unknown origin is for a person on a terminal only. */
export async function putBackInterrupted(folder: string, invocation: Invocation, output: Output): Promise<'none' | 'back' | 'left'> {
  const preview = previewInterrupted(folder);
  if (preview === undefined) return 'none';
  const { files, isOwn, journal } = preview;
  if (!isOwn && (invocation.flag('yes') || !output.interactive)) throw new TracewrightError('TW2028', '.tracewright/journal.json');
  const whose = isOwn
    ? 'An apply was interrupted'
    : 'An apply was interrupted, perhaps not one of yours: nothing shows who wrote its journal';
  output.print(`${whose}. It is put back first:`);
  if (!(await agreeToPutBack(folder, files, invocation, output))) return 'left';
  recoverApply(folder, isOwn ? undefined : journal);
  output.note('An interrupted apply was put back first.');
  return 'back';
}

function renderPutBack(files: readonly PutBack[], { colors, width }: Output): string {
  const rows = files.map(({ file, now, next }) => [
    { text: file, paint: colors.cyan },
    { text: next === null ? 'is removed' : now === null ? 'is written again' : 'gets its old bytes' },
  ]);
  return columns(rows, '  ', width);
}

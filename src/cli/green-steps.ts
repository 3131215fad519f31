import { TracewrightError } from '../contract/index.ts';
import { readGitState } from '../engine/apply/git-state.ts';
import { HOME } from '../engine/apply/home.ts';
import { locksOf } from '../engine/apply/lock-images.ts';
import { readReceipt } from '../engine/apply/receipt.ts';
import { quoteWord } from '../install/quote-word.ts';
import type { VerifyReport } from '../verify/index.ts';
import { count } from './layout.ts';
import type { Invocation } from './parse-words.ts';

type Step = readonly [command: string, why: string];

/** What follows a run that left nothing to mend: its traces are kept, then all of it is committed. None while something is. */
export function greenSteps(folder: string, invocation: Invocation, { verdict, checks, golden }: VerifyReport): readonly Step[] {
  const isGreen =
    verdict.state === 'verified' && verdict.left.every(({ kind }) => kind === 'task') && !checks.some(({ status }) => status === 'warn');
  if (!isGreen) return [];
  if (golden.some(({ status }) => status === 'missing')) {
    const options = (['scenario', 'timeout'] as const).flatMap((name) => {
      const value = invocation.text(name);
      return value === undefined ? [] : [`--${name} ${quoteWord(value)}`];
    });
    return [[['tracewright record', quoteWord(folder), ...options].join(' '), 'keep these traces; verify compares with them from then on']];
  }
  const files = uncommittedOf(folder);
  if (files.length === 0) return [];
  const git = folder === '.' ? 'git' : `git -C ${quoteWord(folder)}`;
  return [[`${git} status --short .`, `review and commit: ${count(files.length, 'file')} of the migration not committed`]];
}

/** Files of the migration and of its proof that no commit holds; none without git, or where the receipt cannot be read. */
function uncommittedOf(folder: string): readonly string[] {
  try {
    const receipt = readReceipt(folder);
    const ours = new Set(['tracewright.yaml', ...(receipt?.files ?? []).map(({ file }) => file), ...locksOf(receipt)]);
    const state = readGitState(folder);
    return state.status === 'none' ? [] : state.changed.filter((file) => file.startsWith(`${HOME}/`) || ours.has(file));
  } catch (error) {
    if (error instanceof TracewrightError) return [];
    throw error;
  }
}

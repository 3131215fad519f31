import { createHash } from 'node:crypto';
import { type LeftTask, TracewrightError } from '../../contract/index.ts';
import { DISMISSED } from './home.ts';
import { withLock } from './lock.ts';
import { readStored } from './read-stored.ts';
import { writeInside } from './write-inside.ts';

/** A task that a person will not do, and why. */
export interface Dismissed {
  readonly task: string;
  readonly codemod: string;
  readonly file: string;
  /** What was left. */
  readonly what: string;
  /** Why it stays so. */
  readonly why: string;
}

interface Stored {
  readonly format: 1;
  readonly dismissed: readonly Dismissed[];
}

/** A task with the name by which a person dismisses it. */
export interface OpenTask extends LeftTask {
  readonly id: string;
}

/** Its name stays the same while its file and its reason do; lines move. */
export function taskId({ codemod, file, why }: Pick<LeftTask, 'codemod' | 'file' | 'why'>): string {
  return `t-${createHash('sha256').update(`${codemod}\0${file}\0${why}`).digest('hex').slice(0, 6)}`;
}

/** What was dismissed here; the file is a stranger's. Throws TW2016 and TW2031. */
export function readDismissed(root: string): readonly Dismissed[] {
  const keys = ['task', 'codemod', 'file', 'what', 'why'] as const;
  const isWhole = (value: Stored): boolean =>
    Array.isArray(value.dismissed) && value.dismissed.every((each) => keys.every((key) => typeof Object(each)[key] === 'string'));
  return readStored<Stored>(root, DISMISSED, isWhole)?.dismissed ?? [];
}

/** Notes that a task is not to be done. Throws TW2034 when no task that is open has that name. */
export function dismissTask(root: string, task: string, why: string, open: readonly OpenTask[]): OpenTask {
  const found = open.filter(({ id, file, line }) => id === task || `${file}:${line}` === task);
  const [only] = found;
  if (only === undefined) throw new TracewrightError('TW2034', task);
  if (found.length > 1) throw new TracewrightError('TW2034', `${task} is the place of several: ${found.map(({ id }) => id).join(', ')}`);
  return withLock(root, () => {
    const others = readDismissed(root).filter((each) => each.task !== only.id);
    const own: Dismissed = { task: only.id, codemod: only.codemod, file: only.file, what: only.why, why };
    const dismissed = [...others, own].sort((a, b) => (a.task < b.task ? -1 : 1));
    writeInside(root, DISMISSED, `${JSON.stringify({ format: 1, dismissed } satisfies Stored, null, 2)}\n`, 'engine');
    return only;
  });
}

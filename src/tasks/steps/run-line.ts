import { TracewrightError } from '../../contract/index.ts';
import { folderIn } from '../../engine/apply/place.ts';
import { writeInside } from '../../engine/apply/write-inside.ts';
import { type CommandEnd, runCommand } from '../../verify/run/run-command.ts';
import type { StepContext } from '../engine.ts';
import type { Step } from '../graph.ts';
import { LOCAL } from '../home.ts';
import type { Output } from '../journal.ts';

/** How long a foreign command may take unless the graph says otherwise. */
const SECONDS = 900;

export interface Line {
  /** One word is a line for the shell; several are a program and its arguments. */
  readonly words: readonly string[];
  /** Relative to the step's repository. */
  readonly folder: string;
  /** Where the graph lies, beside which what it prints is kept. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs foreign code of a step in a process group of its own and waits for all of it. Throws TW4010 when it does not end. */
export async function runLine(step: Step, context: StepContext, { words, folder, home, env = {} }: Line): Promise<CommandEnd> {
  const { mark, stop, root } = context;
  const [name = '', value = ''] = mark.split('=');
  const inherited = Object.fromEntries(Object.entries(process.env).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])));
  const seconds = step.seconds ?? SECONDS;
  // The run's mark is on all its steps; what this attempt leaves behind is told by a variable of its own.
  const own = `${step.id}.${context.earlier}.${value}`;
  const end = await runCommand(words, {
    cwd: folderIn(root, folder),
    env: { ...inherited, ...env, [name]: value, STEP_OF_ATTEMPT: own },
    mark: `STEP_OF_ATTEMPT=${own}`,
    output: 'kept',
    stopMs: 1_000,
    timeoutMs: seconds * 1000,
    signal: stop,
  });
  keepLog(home, step.id, context.earlier + 1, end.output);
  if (end.stopped === 'time') {
    const left = end.leftBehind.length === 0 ? '' : `; ended: ${end.leftBehind.join(', ')}`;
    throw new TracewrightError('TW4010', `'${step.id}' ran longer than ${seconds} s${left}`);
  }
  if (end.stopped === 'abort') throw new TracewrightError('TW3011', step.id);
  return end;
}

/** What a command left running and had to be ended, for the journal. */
export function leftBehind({ leftBehind: left }: CommandEnd): Output {
  return left.length === 0 ? {} : { leftBehind: left };
}

/** How it ended, and its last words. */
export function describeEnd({ failure, code, signal, output }: CommandEnd): string {
  if (failure !== undefined) return 'could not be started';
  const last = output.trimEnd().split('\n').slice(-12).join('\n');
  return `ended with ${code ?? signal}${last === '' ? '' : `\n${last}`}`;
}

function keepLog(home: string, id: string, attempt: number, output: string): void {
  try {
    writeInside(home, `${LOCAL}/logs/${id.replaceAll(':', '-')}.${attempt}.log`, output, 'tasks');
  } catch {
    // The journal says what matters.
  }
}

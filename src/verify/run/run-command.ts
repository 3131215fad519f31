import { type ChildProcess, spawn } from 'node:child_process';
import { endProcesses, findProcesses, killProcesses, type Launch, untilEnded } from './processes.ts';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** A variable of `env` that no other launch has. */
  readonly mark: string;
  /** Where its output goes: `stderr` when stdout carries our own document, `kept` to look at afterwards. */
  readonly output: 'as it is' | 'stderr' | 'kept';
  /** What it left running may end by itself for so long. */
  readonly stopMs: number;
  /** After so long it is ended. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it was ended before it ended. */
  readonly stopped: 'time' | 'abort' | undefined;
  /** It could not be started. */
  readonly failure: Error | undefined;
  /** Commands of processes that it left behind, or that ran when it was stopped, and that had to be ended. */
  readonly leftBehind: readonly string[];
  /** What it printed last, with `kept`. */
  readonly output: string;
}

const outputLimit = 256 * 1024;

function open(words: readonly string[], { cwd, env, output }: CommandOptions): ChildProcess {
  const [command = '', ...rest] = words;
  const kept = output === 'kept';
  return spawn(command, rest, {
    cwd,
    env,
    // One word that is kept is a line of a package script; words of a command line have been through a shell already.
    shell: (kept && words.length === 1) || process.platform === 'win32',
    detached: process.platform !== 'win32',
    stdio: ['ignore', kept ? 'pipe' : output === 'stderr' ? 2 : 'inherit', kept ? 'pipe' : 'inherit'],
  });
}

/** Resolves when it ended by itself, could not be started, or must not go on. */
function ended(child: ChildProcess, { timeoutMs, signal }: CommandOptions): Promise<Pick<CommandEnd, 'stopped' | 'failure'>> {
  return new Promise((resolve) => {
    const end = (stopped: CommandEnd['stopped'], failure?: Error): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ stopped, failure });
    };
    const abort = (): void => end('abort');
    const timer = setTimeout(() => end('time'), timeoutMs);
    child.once('error', (error) => end(undefined, error));
    child.once('exit', () => end(undefined));
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
  });
}

/** Runs a command in a process group of its own until it ended or was stopped, and ends what it left running, wherever that went. */
export async function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  const child = open(words, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputLimit);
    });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const launch: Launch = { group: child.pid, mark: options.mark };
  const find = (): ReturnType<typeof findProcesses> => findProcesses(launch);
  const kill = (): void => {
    killProcesses(launch);
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  try {
    const end = await ended(child, options);
    if (end.stopped === undefined) await untilEnded(find, options.stopMs);
    else if (process.platform === 'win32') child.kill();
    // Whoever cancels waits for the end of it.
    const leftBehind = await endProcesses(find, end.stopped === 'abort' ? 700 : 2_000);
    if (end.failure === undefined && options.output === 'kept') await closed;
    return { code: child.exitCode, signal: child.signalCode, ...end, leftBehind, output };
  } finally {
    process.removeListener('exit', kill);
  }
}

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { TracewrightError } from '../contract/index.ts';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes: both to stderr when stdout carries our own document. */
  readonly output: 'as it is' | 'stderr';
  /** What it left running may end by itself for so long. */
  readonly stopMs: number;
  readonly signal?: AbortSignal;
}

export interface CommandEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Commands of processes that it left behind and that had to be ended. */
  readonly leftBehind: readonly string[];
}

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(process.platform === 'win32' ? group : -group, signal);
  } catch {
    return false;
  }
}

/** Other people's processes send no event when they end, so they are asked for. */
async function groupEnded(group: number, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (signalGroup(group, 0)) {
    if (performance.now() > until) return false;
    await wait(20);
  }
  return true;
}

function namesOf(group: number): Promise<string[]> {
  return new Promise((resolve) => {
    execFile('ps', ['-A', '-o', 'pgid=,args='], (_error, stdout) => {
      const own = stdout.split('\n').map((line) => line.trim());
      resolve(own.filter((line) => line.startsWith(`${group} `)).map((line) => line.slice(String(group).length + 1)));
    });
  });
}

/** Ends what is left of the command's process group; what needed it is returned. */
async function reap(group: number, stopMs: number): Promise<string[]> {
  if (process.platform === 'win32' || (await groupEnded(group, stopMs))) return [];
  const names = await namesOf(group);
  signalGroup(group, 'SIGTERM');
  if (!(await groupEnded(group, 2_000))) signalGroup(group, 'SIGKILL');
  return names;
}

/** Runs a command as a person would, in a process group of its own, and waits for it and for what it started. Throws TW3015, TW3011. */
export async function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandEnd> {
  const [command = '', ...rest] = words;
  const child = spawn(command, rest, {
    cwd: options.cwd,
    env: options.env,
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
    stdio: ['ignore', options.output === 'stderr' ? 2 : 'inherit', 'inherit'],
  });
  const stop = (): void => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGTERM');
  };
  const kill = (): void => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  options.signal?.addEventListener('abort', stop);
  process.once('exit', kill);
  try {
    await once(child, 'exit');
  } catch (cause) {
    throw new TracewrightError('TW3015', words.join(' '), { cause });
  } finally {
    options.signal?.removeEventListener('abort', stop);
    process.removeListener('exit', kill);
  }
  const leftBehind = child.pid === undefined ? [] : await reap(child.pid, options.signal?.aborted ? 0 : options.stopMs);
  if (options.signal?.aborted) throw new TracewrightError('TW3011', words.join(' '));
  return { code: child.exitCode, signal: child.signalCode, leftBehind };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { inTime } from './connection.ts';

const PATIENCE = 15_000;

/** A running program and what it wrote so far. */
export interface Running {
  readonly child: ChildProcess;
  readonly output: Readonly<Record<'stdout' | 'stderr', string>>;
  /** Port numbers in the order in which it said them. */
  ports(): readonly string[];
  /** Resolves when it holds; rejects when the program ended or time ran out before. */
  until(holds: () => boolean, missing: string): Promise<void>;
  write(text: string): void;
  /** Exit code or signal. */
  end(endsItself: boolean): Promise<string>;
  /** Ends what is left, also children in its group. */
  remove(): void;
}

export function startProcess(node: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Running {
  const child = spawn(node, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const check of watchers) check();
  };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', (bytes: Buffer) => {
      output[stream] += bytes.toString('latin1');
      wake();
    });
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  child.on('close', wake);
  const until = (holds: () => boolean, missing: string): Promise<void> => {
    const said = (): string => `${missing}\n${output.stdout}${output.stderr}`;
    const met = new Promise<void>((resolve, reject) => {
      const check = (): void => {
        const gone = child.exitCode !== null || child.signalCode !== null;
        if (!holds() && !gone) return;
        watchers.delete(check);
        if (holds()) resolve();
        else reject(new Error(`it ended with ${child.exitCode ?? child.signalCode}: ${said()}`));
      };
      watchers.add(check);
      check();
    });
    return inTime(met, said, PATIENCE);
  };
  /** What a program still writes about its last answer would else be cut off sooner or later by SIGTERM. */
  const quiet = async (): Promise<void> => {
    for (let before = -1; before !== output.stdout.length + output.stderr.length; ) {
      before = output.stdout.length + output.stderr.length;
      await pause(60);
    }
  };
  return {
    child,
    output,
    until,
    ports: () => [...output.stdout.matchAll(/^port (\d+)$/gm)].map(([, port = '']) => port),
    write: (text) => child.stdin.write(text),
    end: (endsItself) => endOf(child, closed, endsItself, quiet),
    remove: () => killGroup(child),
  };
}

async function endOf(child: ChildProcess, closed: Promise<unknown>, endsItself: boolean, quiet: () => Promise<void>): Promise<string> {
  if (!endsItself) {
    await quiet();
    child.kill('SIGTERM');
  }
  const inTimeClosed = await Promise.race([closed.then(() => true), pause(PATIENCE, false, { ref: false })]);
  if (!inTimeClosed) return endsItself ? 'did not end by itself within 15 s' : 'did not end within 15 s of SIGTERM';
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is empty.
  }
}

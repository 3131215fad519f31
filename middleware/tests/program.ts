import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the last signal sent, or from the start. */
  readonly milliseconds: number;
}

/** A real program under test. */
export interface Program {
  readonly child: ChildProcess;
  /** The first line it prints: its port. */
  port(): Promise<number>;
  kill(signal: NodeJS.Signals): Promise<Ended>;
  ended(): Promise<Ended>;
}

export interface Launch {
  readonly node?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Record<string, string>;
  /** Milliseconds after which it is ended; a minute when nothing is said. */
  readonly limit?: number;
}

/** Starts a program with a clean environment. */
export function startProgram(launch: Launch): Program {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...launch.env };
  const child = spawn(launch.node ?? process.execPath, launch.args, {
    cwd: launch.cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: launch.limit ?? 60_000,
  });
  let stdout = '';
  let stderr = '';
  let since = performance.now();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = once(child, 'close').then(
    (): Ended => ({ stdout, stderr, code: child.exitCode, signal: child.signalCode, milliseconds: performance.now() - since }),
  );
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
    closed.then(() => reject(new Error(`the program ended before it printed a line: ${stderr}`)), reject);
  });
  firstLine.catch(() => undefined);
  return {
    child,
    port: async () => Number(await firstLine),
    kill: (signal) => {
      since = performance.now();
      child.kill(signal);
      return closed;
    },
    ended: () => closed,
  };
}

/** Runs a program to its own end. */
export function runProgram(launch: Launch): Promise<Ended> {
  return startProgram(launch).ended();
}

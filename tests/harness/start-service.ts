import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program under test that prints its port on a line of its own. */
export interface StartedService {
  readonly port: string;
  /** Sends SIGTERM and gives the signal that ended it. */
  stop(): Promise<NodeJS.Signals | null>;
}

/** Starts a program with a clean environment; it is killed after 60 s at the latest. */
export async function startService(
  node: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<StartedService> {
  const child = spawn(node, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  const closed = once(child, 'close');
  const lines = createInterface(child.stdout);
  for await (const line of lines) {
    if (!/^\d+$/.test(line)) continue;
    const stop = async (): Promise<NodeJS.Signals | null> => {
      child.kill('SIGTERM');
      await closed;
      return child.signalCode;
    };
    child.stdout.resume();
    return { port: line, stop };
  }
  throw new Error('the program ended before it printed a port');
}

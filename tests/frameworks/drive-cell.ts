import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Received, startReceiver } from '../../src/trace/index.ts';
import type { Answers } from './section.ts';

export interface Driven {
  readonly received: Received;
  readonly answers: Answers;
  readonly stdout: string;
  readonly stderr: string;
  /** How it ended after SIGTERM; `killed` when it did not. */
  readonly end: string;
}

/** Starts a program, asks it everything and stops it; `zero` are the variables that start it with zero-code instrumentation instead of ours. */
export async function driveCell(
  folder: string,
  args: readonly string[],
  ask: (port: number) => Promise<Answers>,
  zero: Readonly<Record<string, string>> | undefined = undefined,
): Promise<Driven> {
  const receiver = await startReceiver();
  const child = spawn(process.env['COVERAGE_NODE'] ?? process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...zero },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 40_000,
    killSignal: 'SIGKILL',
  });
  const closed = once(child, 'close');
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const port = await untilPort(
    () => stdout,
    () => child.exitCode === null && child.signalCode === null,
  );
  if (port === undefined) {
    child.kill('SIGKILL');
    await receiver.close();
    throw new Error(`the program printed no port: ${stdout}${stderr}`);
  }
  const answers = await ask(port);
  await pause(zero ? 1_500 : 300);
  child.kill('SIGTERM');
  const inTime = await Promise.race([closed.then(() => true), pause(4_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  await closed;
  await receiver.settled();
  await receiver.close();
  const received = { spans: receiver.spans, logs: receiver.logs, metrics: 0, drops: receiver.drops, problems: receiver.problems };
  return { received, answers, stdout, stderr, end: inTime ? String(child.signalCode ?? child.exitCode) : 'killed' };
}

async function untilPort(stdout: () => string, isAlive: () => boolean): Promise<number | undefined> {
  for (let left = 400; left > 0 && isAlive(); left -= 1) {
    const found = /^port (\d+)$/m.exec(stdout())?.[1];
    if (found !== undefined) return Number(found);
    await pause(50);
  }
  return undefined;
}

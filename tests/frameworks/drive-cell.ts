import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { type Received, startReceiver } from '../../src/trace/index.ts';

/** What is asked of every program; one that has no such route answers 404 and is not judged by it. */
export const asked = {
  plain: '/plain',
  nested: '/api/v1/items/7',
  missing: '/missing',
  fails: '/api/v1/fails/3',
  refuses: '/api/v1/refuses/x',
  guarded: '/api/v1/guarded/3',
  caught: '/api/v1/caught/3',
  aborted: '/api/v1/slow/3',
} as const;

export type Ask = keyof typeof asked;

export interface Driven {
  readonly received: Received;
  readonly statuses: Readonly<Partial<Record<Ask, number>>>;
  readonly stdout: string;
  readonly stderr: string;
  /** How it ended after SIGTERM; `killed` when it did not. */
  readonly end: string;
}

/** Starts a program, asks it everything and stops it; `zero` are the variables that start it with zero-code instrumentation instead of ours. */
export async function driveCell(
  folder: string,
  isHttp2: boolean,
  args: readonly string[],
  zero: Readonly<Record<string, string>> | undefined = undefined,
): Promise<Driven> {
  const receiver = await startReceiver();
  const child = spawn(process.execPath, args, {
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
  const statuses: Partial<Record<Ask, number>> = {};
  const ask = isHttp2 ? askHttp2 : askHttp;
  for (const [name, path] of Object.entries(asked) as [Ask, string][]) statuses[name] = await ask(port, path);
  await pause(zero ? 1_500 : 300);
  child.kill('SIGTERM');
  const inTime = await Promise.race([closed.then(() => true), pause(4_000, false, { ref: false })]);
  if (!inTime) child.kill('SIGKILL');
  await closed;
  await receiver.settled();
  await receiver.close();
  const received = { spans: receiver.spans, logs: receiver.logs, metrics: 0, drops: receiver.drops, problems: receiver.problems };
  return { received, statuses, stdout, stderr, end: inTime ? String(child.signalCode ?? child.exitCode) : 'killed' };
}

async function untilPort(stdout: () => string, isAlive: () => boolean): Promise<number | undefined> {
  for (let left = 400; left > 0 && isAlive(); left -= 1) {
    const found = /^port (\d+)$/m.exec(stdout())?.[1];
    if (found !== undefined) return Number(found);
    await pause(50);
  }
  return undefined;
}

/** The status, or 0 for a request that is given up without an answer. */
function askHttp(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ port, path, host: '127.0.0.1', agent: false }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    sent.setTimeout(path === asked.aborted ? 1_000 : 8_000, () => sent.destroy());
    sent.on('error', () => resolve(0));
    sent.end();
  });
}

function askHttp2(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    let status = 0;
    const stream = session.request({ ':path': path });
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.resume();
    stream.on('error', () => undefined);
    stream.on('close', () => {
      session.close();
      resolve(status);
    });
  });
}

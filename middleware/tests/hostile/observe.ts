import { connect } from 'node:net';
import { join } from 'node:path';
import { type Ended, type Program, startProgram } from '../program.ts';
import type { Behaviour } from './behaviour.ts';

const APPS = join(import.meta.dirname, '../fixtures/apps');
const START_LINE = /^tracewright: shop: http, undici \| traces -> .*\n/;
/** Long enough that two batches do not fit into the buffers of a socket. */
const PADDING = 'x'.repeat(12_000);
const PIPELINED = 50;

export const ENDS = ['signal', 'natural', 'exit'] as const;
export type End = (typeof ENDS)[number];

/** What somebody who runs the program sees of it. */
interface Seen {
  readonly answered: number;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Observed {
  readonly seen: Seen;
  /** MB in use after the requests and a collection. */
  readonly megabytes: number;
}

export interface Run {
  /** Nothing: without telemetry. */
  readonly behaviour?: Behaviour;
  readonly requests: number;
  readonly end: End;
  readonly node?: string;
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly limit?: number;
}

/** Starts the service; without a collector it has no telemetry. */
export function startService(collector: Record<string, string> | undefined, launch: Pick<Run, 'node' | 'cwd' | 'limit'> = {}): Program {
  return startProgram({ cwd: APPS, ...launch, args: ['--expose-gc', 'hostile.cjs'], env: collector ?? { TRACED: '0' } });
}

/** Asks it to end and waits until it has. */
export async function endProgram(program: Program, port: number, end: End): Promise<Ended> {
  if (end === 'signal') return program.kill('SIGTERM');
  await ask(port, end === 'exit' ? '/exit' : '/end');
  return program.ended();
}

/** Runs the service against one collector: it serves, is measured, ends. */
export async function observe({ behaviour, requests, end, env = {}, ...launch }: Run): Promise<Observed> {
  const collector = await behaviour?.start();
  const batch = { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: requests < 1000 ? '100' : '512' };
  const program = startService(collector && { ...batch, ...collector.env, ...env }, launch);
  const served = { answered: 0, megabytes: 0 };
  try {
    const port = await program.port();
    served.answered = await load(port, requests);
    served.megabytes = Number(await ask(port, '/memory')) / 1e6;
    return { ...served, seen: seenOf(served.answered, await endProgram(program, port, end)) };
  } catch {
    const ended = await program.kill('SIGKILL');
    return { ...served, seen: seenOf(served.answered, ended) };
  } finally {
    collector?.close();
  }
}

function seenOf(answered: number, { code, signal, stdout, stderr }: Ended): Seen {
  return { answered, code, signal, stdout: stdout.replace(/^\d+\n/, ''), stderr: stderr.replace(START_LINE, '') };
}

/** Requests with long URLs over one connection; resolves with how many were answered. */
function load(port: number, requests: number): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let asked = 0;
    let answered = 0;
    const next = (): void => {
      if (answered >= requests) socket.end();
      for (let some = 0; some < PIPELINED && asked < requests; some++) {
        socket.write(`GET /work/${asked++}?padding=${PADDING} HTTP/1.1\r\nhost: localhost\r\n\r\n`);
      }
    };
    socket.setTimeout(120_000, () => socket.destroy());
    socket.setEncoding('latin1').on('connect', next);
    let rest = '';
    socket.on('data', (text: string) => {
      const parts = (rest + text).split('\r\n\r\nok');
      rest = parts.pop() ?? '';
      answered += parts.length;
      if (parts.length > 0 && answered === asked) next();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answered));
  });
}

async function ask(port: number, path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return response.text();
}

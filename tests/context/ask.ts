import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProgram } from '../../middleware/tests/program.ts';
import { type SpanRecord, startReceiver } from '../../src/trace/index.ts';
import { installPackages, MODULES, NODE } from '../messaging/journey.ts';
import type { Row } from './rows.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
const REQUESTS = 20;

export interface Asked {
  /** Requests whose call was in another trace than they, or in none. */
  readonly wrong: readonly number[];
  /** Traces of the requests. */
  readonly requests: readonly string[];
  /** What the program said it heard, and in which trace. */
  readonly heard: readonly { readonly what: string; readonly traceId: string }[];
  readonly stderr: string;
}

/** Asks a program 20 times, `side` at once. */
export async function ask(
  { name, packages, flags = [] }: Row,
  broker: string | undefined,
  side: number,
  env: Record<string, string>,
): Promise<Asked> {
  const folder = installPackages(packages);
  cpSync(PROGRAMS, folder, { recursive: true });
  const target = createServer((_req, res) => setTimeout(() => res.end('thanks'), 3));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const address = target.address();
  const receiver = await startReceiver();
  let next = 1;
  const program = startProgram({
    ...(NODE !== undefined && { node: NODE }),
    args: [...flags, 'service.cjs'],
    cwd: folder,
    env: {
      NODE_PATH: MODULES,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      ROW: name,
      BROKER: broker ?? '',
      TARGET: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
      ...env,
    },
  });
  try {
    const port = await program.port();
    const one = async (): Promise<void> => {
      while (next <= REQUESTS) {
        const response = await fetch(`http://127.0.0.1:${port}/${next++}`);
        if (response.status !== 200) throw new Error(`the program answered ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: side }, one));
    await pause(100);
  } finally {
    await program.kill('SIGTERM');
    // Children of the program may outlive it for a moment.
    for (let left = 500; left > 0 && callsIn(receiver.spans).size < REQUESTS && next > REQUESTS; left--) await pause(20);
    await receiver.settled();
    await receiver.close();
    target.close();
  }
  const { stdout, stderr } = await program.ended();
  const { spans } = receiver;
  const servers = new Map(
    spans.filter(({ kind }) => kind === 'SERVER').map((span) => [Number(String(span.attributes['url.path']).slice(1)), span.traceId]),
  );
  const calls = callsIn(spans);
  const all = Array.from({ length: REQUESTS }, (_, at) => at + 1);
  return {
    wrong: all.filter((n) => servers.get(n) === undefined || servers.get(n) !== calls.get(n)),
    requests: [...servers.values()],
    heard: [...stdout.matchAll(/^heard (\S+) in (\S+)$/gm)].map(([, what = '', traceId = '']) => ({ what, traceId })),
    stderr,
  };
}

/** Traces of the outgoing calls, by number. */
function callsIn(spans: readonly SpanRecord[]): ReadonlyMap<number, string> {
  const calls = spans.filter(({ kind }) => kind === 'CLIENT');
  return new Map(calls.map((span) => [Number(/n=(\d+)$/.exec(String(span.attributes['url.full']))?.[1]), span.traceId]));
}

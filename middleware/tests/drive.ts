import { join } from 'node:path';
import { type Received, type Receiver, type SpanRecord, startReceiver } from '../../src/trace/index.ts';
import { type Ended, type Program, startProgram } from './program.ts';

const APPS = join(import.meta.dirname, 'fixtures/apps');

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Session {
  readonly program: Program;
  readonly receiver: Receiver;
  get(path: string, init?: RequestInit): Promise<Answer>;
  /** Stops it with SIGTERM and waits for what it sent. */
  stop(): Promise<Ended & Received>;
}

/** Starts one of the fixture apps against a receiver of its own. */
export async function openApp(file: string, env: Record<string, string> = {}): Promise<Session> {
  const receiver = await startReceiver();
  const program = startProgram({ args: [file], cwd: APPS, env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env } });
  const port = await program.port();
  return {
    program,
    receiver,
    get: async (path, init) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
      return { status: response.status, body: await response.text() };
    },
    stop: async () => {
      const ended = await program.kill('SIGTERM');
      await receiver.settled();
      await receiver.close();
      return { ...ended, spans: receiver.spans, logs: receiver.logs, metrics: 0, drops: receiver.drops, problems: receiver.problems };
    },
  };
}

/** Runs one of the fixture apps to its own end. */
export async function endApp(file: string, env: Record<string, string> = {}): Promise<Ended & Received> {
  const receiver = await startReceiver();
  const program = startProgram({ args: [file], cwd: APPS, env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env } });
  const ended = await program.ended();
  await receiver.settled();
  await receiver.close();
  return { ...ended, spans: receiver.spans, logs: receiver.logs, metrics: 0, drops: receiver.drops, problems: receiver.problems };
}

/** The SERVER span of the request for a path. */
export function spanOf(received: Received, path: string): SpanRecord {
  const span = received.spans.find((one) => one.kind === 'SERVER' && one.attributes['url.path'] === path);
  if (span === undefined)
    throw new Error(`no SERVER span for ${path}: ${received.spans.map((one) => one.attributes['url.path']).join(' ')}`);
  return span;
}

export function exceptionsOf(span: SpanRecord): unknown[] {
  return span.events.filter((event) => event.name === 'exception').map((event) => event.attributes['exception.message']);
}

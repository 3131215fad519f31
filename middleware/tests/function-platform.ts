import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Received, startReceiver } from '../../src/trace/index.ts';
import { type Ended, startProgram } from './program.ts';

const FOLDER = join(import.meta.dirname, 'fixtures/apps/lambda');

/** What the platform got for one call, and what had been sent until it stopped the process. */
export interface Called {
  readonly answer?: unknown;
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
  readonly spans: Received['spans'];
  readonly logs: Received['logs'];
}

export interface Platform {
  /** `ends`: it is left to run after its answer, because it ends by itself or has not answered with the last byte. */
  call(event: object, ends?: boolean): Promise<Called>;
  /** Ends the process in its sleep, as the platform does. */
  stop(): Promise<Ended>;
}

/** Runs a handler as AWS Lambda does: calls come over its runtime API, and the process is stopped with SIGSTOP as soon as it has answered. */
export async function startFunction(handler: string, env: Record<string, string> = {}): Promise<Platform> {
  const receiver = await startReceiver();
  const waiting: ((response: ServerResponse) => void)[] = [];
  const asking: ServerResponse[] = [];
  let answered: ((path: string, body: string) => void) | undefined;
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('/next')) {
      const give = waiting.shift();
      if (give === undefined) asking.push(response);
      else give(response);
      return;
    }
    const body = await bodyOf(request);
    // Before the process learns of it: what it sends from now on comes too late.
    if (!isLeft && program.child.exitCode === null) program.child.kill('SIGSTOP');
    answered?.(String(request.url), body);
    response.end();
  });
  server.keepAliveTimeout = 60_000;
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const program = startProgram({
    args: ['runtime.mjs'],
    cwd: FOLDER,
    env: {
      LAMBDA_TASK_ROOT: FOLDER,
      _HANDLER: handler,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_LAMBDA_FUNCTION_NAME: 'shop-function',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      ...env,
    },
  });
  const isPlain = env['PLAIN'] !== undefined;
  let calls = 0;
  let isLeft = false;
  return {
    call: async (event, ends = false) => {
      isLeft = ends;
      program.child.kill('SIGCONT');
      const [before, logsBefore] = [receiver.spans.length, receiver.logs.length];
      const give = (response: ServerResponse): void => {
        response.setHeader('lambda-runtime-aws-request-id', `call-${++calls}`);
        response.end(JSON.stringify(event));
      };
      const result = new Promise<Pick<Called, 'answer' | 'error'>>((resolve) => {
        answered = (path, body) => resolve(path.endsWith('/error') ? { error: JSON.parse(body) } : { answer: JSON.parse(body) });
      });
      const open = asking.shift();
      if (open === undefined) waiting.push(give);
      else give(open);
      const got = await result;
      // What it sends after its answer is waited for, for as long as a loaded machine may take.
      for (let left = 200; ends && receiver.spans.length === before && !isPlain && left > 0; left--) await pause(50);
      await receiver.settled();
      return { ...got, spans: receiver.spans.slice(before), logs: receiver.logs.slice(logsBefore) };
    },
    stop: async () => {
      const ended = await program.kill('SIGKILL');
      server.closeAllConnections();
      server.close();
      await receiver.close();
      return ended;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  return body;
}

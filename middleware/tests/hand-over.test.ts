import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endApp, openApp } from './drive.ts';
import { runProgram } from './program.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** How often each span that the fixture made came to a collector; `last.cjs` numbers them. */
async function collect(answer: RequestListener, tls?: object): Promise<{ readonly port: number; readonly spans: Map<string, number> }> {
  const spans = new Map<string, number>();
  const take: RequestListener = (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      for (const [name] of Buffer.concat(chunks)
        .toString('latin1')
        .matchAll(/span-\d+-/g))
        spans.set(name, (spans.get(name) ?? 0) + 1);
      answer(request, response);
    });
  };
  const server = tls === undefined ? createServer(take) : createSecureServer(tls, take);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: address !== null && typeof address === 'object' ? address.port : 0, spans };
}

const run = (endpoint: string, env: Record<string, string> = {}, flags: readonly string[] = []): ReturnType<typeof runProgram> =>
  runProgram({
    args: [...flags, 'last.cjs'],
    cwd: join(FIXTURES, 'apps'),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_LOGS_EXPORTER: 'none', ...env },
  });

const counts = (spans: Map<string, number>): readonly number[] => [spans.size, Math.max(...spans.values())];

describe('what is left when a program exits', () => {
  it.each([8, 512, 5000])('arrives: %d spans', async (waiting) => {
    const { port, spans } = await collect((_request, response) => response.end());
    const ended = await run(`http://127.0.0.1:${port}`, { WAITING: String(waiting) });
    expect([ended.code, ...counts(spans)]).toEqual([6, waiting, 1]);
  });

  it('arrives once, also what a slow collector has not answered yet', async () => {
    const { port, spans } = await collect((_request, response) => setTimeout(() => response.end(), 500));
    const ended = await run(`http://127.0.0.1:${port}`, { WAITING: '8', ON_ITS_WAY: '512' });
    expect([ended.code, ...counts(spans)]).toEqual([6, 520, 1]);
  });

  it('arrives at a collector with a certificate of its own', async () => {
    const file = (name: string): string => join(FIXTURES, 'certificates', name);
    const tls = { cert: readFileSync(file('valid.pem')), key: readFileSync(file('key.pem')) };
    const { port, spans } = await collect((_request, response) => response.end(), tls);
    const ended = await run(`https://127.0.0.1:${port}`, { WAITING: '8', OTEL_EXPORTER_OTLP_CERTIFICATE: file('valid.pem') });
    expect([ended.code, ...counts(spans)]).toEqual([6, 8, 1]);
  });

  it.each([['--allow-worker'], ['--allow-child-process']])('arrives from a program that may only use %s', async (allowed) => {
    const { port, spans } = await collect((_request, response) => response.end());
    const flags = [process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'];
    const ended = await run(`http://127.0.0.1:${port}`, { WAITING: '8' }, [...flags, '--allow-fs-read=*', allowed]);
    expect([ended.code, ...counts(spans)]).toEqual([6, 8, 1]);
  });

  it('keeps the end of a program that may use neither', async () => {
    const flags = [process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'];
    const ended = await run('http://127.0.0.1:1', { WAITING: '8' }, [...flags, '--allow-fs-read=*']);
    expect([ended.code, ended.signal, ended.stdout]).toEqual([6, null, 'exits\n']);
  });

  it('has the span of a response that ended in the same breath', async () => {
    const app = await openApp('server.cjs', { SIGNAL: 'last answer' });
    await app.get('/last');
    const ended = await app.program.ended();
    await app.receiver.settled();
    await app.receiver.close();
    expect([ended.code, app.receiver.spans.map((span) => span.attributes['http.response.status_code'])]).toEqual([8, [200]]);
  });
});

it('flushAndExit takes the exit code as process.exit does', async () => {
  const ended = await endApp('ends.cjs', { END: 'flushed' });
  expect([ended.code, ended.stdout, ended.spans.length]).toEqual([9, '', 1]);
});

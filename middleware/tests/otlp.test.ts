import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { endApp } from './drive.ts';

interface Taken {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** A collector that is told what to answer. */
async function collect(answer: (taken: Taken, response: ServerResponse, at: number) => void): Promise<{ url: string; taken: Taken[] }> {
  const taken: Taken[] = [];
  server = createServer(async (request, response) => {
    const source = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
    const one = { url: request.url ?? '', headers: request.headers, body: await text(source) };
    answer(one, response, taken.push(one) - 1);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`, taken };
}

describe('OTEL_EXPORTER_OTLP_PROTOCOL=http/json', () => {
  it.each(['', 'exit'])('reaches a collector that takes only JSON, end %s', async (end) => {
    const { url, taken } = await collect((one, response) => {
      response.statusCode = one.headers['content-type'] === 'application/json' ? 200 : 415;
      response.end('{}');
    });
    await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', END: end });
    expect(taken.map((one) => [one.url, one.headers['content-type']]).sort()).toEqual([
      ['/v1/logs', 'application/json'],
      ['/v1/traces', 'application/json'],
    ]);
    const traces: { resourceSpans: [{ scopeSpans: [{ spans: [{ name: string; traceId: string }] }] }] } = JSON.parse(
      taken.find((one) => one.url === '/v1/traces')?.body ?? '',
    );
    expect(traces.resourceSpans[0].scopeSpans[0].spans[0]).toMatchObject({
      name: 'work',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('can differ between the signals', async () => {
    const { url, taken } = await collect((_one, response) => response.end());
    await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json' });
    expect(taken.map((one) => [one.url, one.headers['content-type']]).sort()).toEqual([
      ['/v1/logs', 'application/json'],
      ['/v1/traces', 'application/x-protobuf'],
    ]);
  });
});

describe('an export', () => {
  it('carries the headers of the environment and is compressed as asked', async () => {
    const { url, taken } = await collect((_one, response) => response.end());
    await endApp('ends.cjs', {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/base/`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20abc,x-all=1',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-all=2',
      OTEL_LOGS_EXPORTER: 'none',
    });
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({
      url: '/base/v1/traces',
      headers: { authorization: 'Basic abc', 'x-all': '2', 'content-encoding': 'gzip' },
      body: expect.stringContaining('"work"'),
    });
  });

  it('is repeated when the collector is busy', async () => {
    const { url, taken } = await collect((_one, response, at) => {
      response.statusCode = at === 0 ? 503 : 200;
      if (at === 0) response.setHeader('retry-after', '1');
      response.end();
    });
    await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_LOGS_EXPORTER: 'none' });
    expect(taken).toHaveLength(2);
    expect(taken[1]?.body).toBe(taken[0]?.body);
  });

  it('is not repeated when it was refused, and the reason is there for who asks', async () => {
    const { url, taken } = await collect((_one, response) => {
      response.statusCode = 400;
      response.end();
    });
    const ended = await endApp('ends.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_LOGS_EXPORTER: 'none', OTEL_LOG_LEVEL: 'error' });
    expect([taken.length, ended.stderr]).toEqual([1, expect.stringContaining('HTTP 400')]);
  });
});

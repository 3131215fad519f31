import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Called, startFunction } from './function-platform.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${trace}-b7ad6b7169203331-01`;

const httpApi = (more: object = {}) => ({
  version: '2.0',
  routeKey: 'GET /orders/{id}',
  rawPath: '/orders/7',
  rawQueryString: 'token=hush',
  headers: { host: 'abc.execute-api.eu-west-1.amazonaws.com', traceparent },
  requestContext: { http: { method: 'GET', path: '/orders/7', sourceIp: '192.0.2.1' } },
  pathParameters: { id: '7' },
  ...more,
});

const restApi = (more: object = {}) => ({
  resource: '/orders/{id}',
  path: '/orders/7',
  httpMethod: 'GET',
  headers: { Host: 'abc.execute-api.eu-west-1.amazonaws.com', TraceParent: traceparent },
  requestContext: { identity: { sourceIp: '192.0.2.1' } },
  pathParameters: { id: '7' },
  ...more,
});

const message = (body: string, carried = traceparent) => ({
  messageId: `m-${body}`,
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:orders',
  body,
  messageAttributes: { traceparent: { dataType: 'String', stringValue: carried } },
});

/** Calls a handler once per event, traced and not; what the platform gets and what is printed must be the same. */
async function callAll(handler: string, events: readonly object[], ends = false): Promise<readonly Called[]> {
  const plain = await startFunction(handler, { PLAIN: '1' });
  const traced = await startFunction(handler);
  const called: Called[] = [];
  try {
    for (const event of events) {
      const { answer, error } = await plain.call(event, ends);
      const seen = await traced.call(event, ends);
      expect({ answer: seen.answer, error: seen.error }).toEqual({ answer, error });
      called.push(seen);
    }
  } finally {
    const [before, after] = [await plain.stop(), await traced.stop()];
    const own = /\r {4}at [^\r]*middleware\/dist\/lambda\.js[^\r]*/g;
    expect(after.stdout.replace(own, '')).toBe(before.stdout.replace(own, ''));
  }
  return called;
}

const brief = ({ spans }: Called): unknown[] =>
  spans.map(({ kind, name, status, attributes, events }) => [
    kind,
    name,
    status,
    attributes['http.response.status_code'],
    ...events.map((event) => event.attributes['exception.message']),
  ]);

describe('a traced handler', () => {
  it('is named by the route of the gateway, and everything of a call is sent before the process is frozen', async () => {
    const called = await callAll('handlers.api', [
      httpApi(),
      restApi(),
      httpApi({ refuses: 1 }),
      httpApi({ fails: 1 }),
      restApi({ fails: 1 }),
      httpApi({ caught: 1 }),
      httpApi({ routeKey: '$default' }),
    ]);
    expect(called.map(brief)).toEqual([
      [['SERVER', 'GET /orders/{id}', 'UNSET', 200]],
      [['SERVER', 'GET /orders/{id}', 'UNSET', 200]],
      [['SERVER', 'GET /orders/{id}', 'UNSET', 400]],
      [['SERVER', 'GET /orders/{id}', 'ERROR', 500, 'broken']],
      [['SERVER', 'GET /orders/{id}', 'ERROR', 502, 'broken']],
      [['SERVER', 'GET /orders/{id}', 'ERROR', 500, 'caught']],
      [['SERVER', 'GET', 'UNSET', 200]],
    ]);
    for (const { spans, logs } of called) {
      expect(spans[0]?.traceId).toBe(trace);
      expect(logs.filter(({ body }) => body === 'looked up 7').map(({ traceId }) => traceId)).toEqual([trace]);
      expect(logs.filter(({ body }) => /^GET .*\d{3}$/.test(String(body))).map(({ traceId }) => traceId)).toEqual([trace]);
    }
    expect(called[0]?.spans[0]?.attributes).toMatchObject({
      'faas.trigger': 'http',
      'faas.coldstart': true,
      'faas.invocation_id': 'call-1',
      'cloud.account.id': '123456789012',
      'url.path': '/orders/7',
      'url.query': 'token=REDACTED',
      'client.address': '192.0.2.1',
    });
    expect(called[1]?.spans[0]?.attributes['faas.coldstart']).toBe(false);
    expect(called[0]?.spans[0]?.resource).toMatchObject({ 'faas.name': 'shop-function', 'cloud.provider': 'aws' });
  });

  it('is named by the framework inside it, where the gateway leaves routes to the function', async () => {
    const proxied = (rawPath: string) => httpApi({ routeKey: 'ANY /{proxy+}', rawPath });
    const called = await callAll('handlers.inside', [proxied('/api/acme/items/7'), proxied('/api/acme/items/x'), proxied('/nowhere')]);
    expect(called.map(brief)).toEqual([
      [['SERVER', 'GET /api/:tenant/items/:id', 'UNSET', 200]],
      [['SERVER', 'GET /api/:tenant/items/:id', 'ERROR', 500, 'inside']],
      [['SERVER', 'GET /{proxy+}', 'UNSET', 404]],
    ]);
  });

  it('ends with its callback, its context, its return or the process', async () => {
    const broken = (text: string) => [['SERVER', 'shop-function', 'ERROR', undefined, text]];
    const fine = [['SERVER', 'shop-function', 'UNSET', undefined]];
    const callback = await callAll('handlers.callback', [{}, { fails: 1 }, { now: 1 }]);
    expect(callback.map(brief)).toEqual([fine, broken('by callback'), fine]);
    expect((await callAll('handlers.old', [{}, { fails: 1 }])).map(brief)).toEqual([fine, broken('by context')]);
    expect((await callAll('handlers.sync', [{}, { fails: 1 }, {}])).map(brief)).toEqual([fine, broken('thrown'), fine]);
    expect((await callAll('handlers.both', [{}])).map(brief)).toEqual([fine]);
    expect((await callAll('handlers.dies', [{}], true)).map(brief)).toEqual([broken('nobody catches')]);
  });

  it('works on messages in the trace of their sender, on a batch with a link to each', async () => {
    const other = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    const [one, both, broken, partly] = await callAll('handlers.queue', [
      { Records: [message('one')] },
      { Records: [message('one'), message('other', other)] },
      { Records: [message('broken')] },
      { Records: [message('partly'), message('other')] },
    ]);
    expect([one, both, broken, partly].map((called) => called && brief(called))).toEqual([
      [['CONSUMER', 'process orders', 'UNSET', undefined]],
      [['CONSUMER', 'process orders', 'UNSET', undefined]],
      [['CONSUMER', 'process orders', 'ERROR', undefined, 'broken message']],
      [['CONSUMER', 'process orders', 'ERROR', undefined]],
    ]);
    expect(one?.spans[0]?.traceId).toBe(trace);
    expect(both?.spans[0]?.links.map(({ traceId }) => traceId)).toEqual([trace, '1'.repeat(32)]);
    expect(one?.spans[0]?.attributes).toMatchObject({ 'messaging.system': 'aws_sqs', 'messaging.destination.name': 'orders' });
  });

  it('is found by the platform as what it is: an ES module, and one that streams', async () => {
    expect((await callAll('stream.typed', [httpApi()])).map(brief)).toEqual([[['SERVER', 'GET /orders/{id}', 'UNSET', 200]]]);
    expect((await callAll('stream.stream', [httpApi()], true)).map(brief)).toEqual([[['SERVER', 'GET /orders/{id}', 'UNSET', 200]]]);
  });

  it('answers in time when the collector is silent', { timeout: 30_000 }, async () => {
    const collector = createServer().listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    const silent = await startFunction('handlers.api', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    const times: number[] = [];
    for (let at = 0; at < 3; at++) {
      const start = performance.now();
      expect((await silent.call(httpApi())).answer).toMatchObject({ statusCode: 200 });
      times.push(performance.now() - start);
    }
    await silent.stop();
    collector.close();
    expect(Math.max(...times)).toBeLessThan(4_500);
    // The first waited for as long as a flush may take.
    expect(times[2]).toBeLessThan(1_500);
  });
});

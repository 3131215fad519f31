import { describe, expect, it } from 'vitest';
import { endApp, exceptionsOf, openApp, spanOf } from './drive.ts';

describe('bridgeConsole', () => {
  it('prints the same bytes and sends every call once, with the span it belongs to', async () => {
    const before = await endApp('console.cjs', { TRACED: '0' });
    const after = await endApp('console.cjs');
    expect(after.stdout).toBe(before.stdout);
    expect(after.stderr.split('\n').slice(1).join('\n')).toBe(before.stderr);
    const own = after.logs.filter((log) => log.event === '');
    expect(own.slice(0, 5).map((log) => [log.severity, log.body])).toEqual([
      ['INFO', 'count 3 of five { a: 1 }'],
      ['INFO', 'detached'],
      ['INFO', 'info'],
      ['DEBUG', 'debug'],
      ['WARN', 'warn'],
    ]);
    expect(own[0]).toMatchObject({ traceId: after.spans[0]?.traceId, spanId: after.spans[0]?.spanId });
    expect(own[5]?.attributes).toMatchObject({ 'exception.type': 'Error', 'exception.message': 'failed' });
    expect(own.filter((log) => log.body === 'detached')).toHaveLength(1);
    expect(own.slice(-3).map((log) => [log.severity, String(log.body).split('\n')[0]])).toEqual([
      ['INFO', 'inside'],
      ['WARN', 'chatty'],
      ['TRACE', 'Trace: traced'],
    ]);
  });
});

describe('logRequests and traceHttp', () => {
  it('sends one record per request with route, status and trace id', async () => {
    const app = await openApp('request-logs.cjs');
    for (const path of ['/status/201?api_key=secret', '/status/404', '/files/a/b', '/other', '/rejects/1']) await app.get(path);
    const ended = await app.stop();
    const records = ended.logs.filter((log) => log.event === 'http.server.request');
    expect(records.map((log) => [log.severity, log.body])).toEqual([
      ['INFO', 'GET /status/:code 201'],
      ['WARN', 'GET /status/404 404'],
      ['INFO', 'GET /files/* 200'],
      ['INFO', 'GET 200'],
      ['ERROR', 'GET /rejects/:id 500'],
    ]);
    expect(records.map((log) => log.traceId)).toEqual(ended.spans.map((span) => span.traceId));
    expect(ended.spans.map((span) => span.name)).toEqual([
      'GET /status/:code',
      'GET /status/404',
      'GET /files/*',
      'GET',
      'GET /rejects/:id',
    ]);
    expect(records[0]?.attributes['http.server.request.duration']).toBeGreaterThan(0);
    expect(spanOf(ended, '/status/201').attributes['url.query']).toBe('api_key=REDACTED');
    expect([exceptionsOf(spanOf(ended, '/rejects/1')), spanOf(ended, '/rejects/1').status]).toEqual([['rejected'], 'ERROR']);
    expect(ended.stdout.split('\n')[1]).toBe('rejected');
  });
});

describe('a handler that catches, logs and answers 5xx', () => {
  it('has the logged error on the SERVER span, and on no request that did not fail', async () => {
    const app = await openApp('catches.cjs');
    for (const path of ['/inner', '/retried', '/own', '/missing', '/silent']) await app.get(path);
    const ended = await app.stop();
    const facts = (path: string): unknown => {
      const span = spanOf(ended, path);
      return [span.status, span.attributes['error.type'], exceptionsOf(span)];
    };
    expect(facts('/inner')).toEqual(['ERROR', 'RangeError', ['inside']]);
    expect(facts('/retried')).toEqual(['ERROR', 'TypeError', ['gave up']]);
    expect(facts('/own')).toEqual(['ERROR', '500', ['recorded by the app']]);
    expect(facts('/missing')).toEqual(['UNSET', undefined, []]);
    expect(facts('/silent')).toEqual(['ERROR', '500', []]);
    const logged = ended.logs.find((log) => String(log.body).includes('gave up'));
    expect(logged?.attributes).toMatchObject({ 'exception.type': 'TypeError', 'exception.message': 'gave up' });
    expect(logged?.spanId).toBe(spanOf(ended, '/retried').spanId);
  });
});

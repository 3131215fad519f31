import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Received } from '../../src/trace/index.ts';
import { exceptionsOf, openApp, spanOf } from './drive.ts';

const PATHS = ['/pay/7', '/fails', '/silent'];

async function run(env: Record<string, string>): Promise<{ readonly lines: string; readonly received: Received }> {
  const app = await openApp('fastify-logs.cjs', env);
  for (const path of PATHS) await app.get(path);
  const lines = (await app.get('/lines')).body.replaceAll(/"responseTime":[\d.]+|"remotePort":\d+|127\.0\.0\.1:\d+|"stack":"[^"]*"/g, '');
  return { lines, received: await app.stop() };
}

describe('the logger of a framework', () => {
  let plain: string;
  let traced: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    plain = (await run({})).lines;
    traced = await run({ START: '1' });
  });
  afterAll(() => expect(traced.received.problems).toEqual([]));

  it('writes what it wrote before', () => {
    expect(traced.lines).toBe(plain);
    expect(plain).toContain('[Redacted]');
  });

  it('sends each line once, as a record of its request, with what it redacts redacted', () => {
    const { traceId } = spanOf(traced.received, '/pay/7');
    const own = traced.received.logs
      .filter((log) => log.traceId === traceId)
      .map(({ severity, body, attributes }) => [severity, body, attributes['card'], attributes['exception.type']]);
    expect(own).toEqual([
      ['INFO', 'incoming request', undefined, undefined],
      ['INFO', 'paid 7', '[Redacted]', undefined],
      ['WARN', 'low', undefined, 'RangeError'],
      ['INFO', 'request completed', undefined, undefined],
    ]);
  });

  it('sends nothing of a level that is off', () => {
    const bodies = traced.received.logs.map(({ body }) => String(body));
    expect(bodies.filter((body) => /not written/.test(body))).toEqual([]);
    expect(bodies.filter((body) => /Server listening/.test(body))).toHaveLength(1);
  });

  it('leaves the error of a failed request on its span and in its record', () => {
    const span = spanOf(traced.received, '/fails');
    expect([span.name, span.status, exceptionsOf(span), span.attributes['error.type']]).toEqual([
      'GET /fails',
      'ERROR',
      ['broken'],
      'TypeError',
    ]);
    expect(
      traced.received.logs.filter((log) => log.traceId === span.traceId && log.attributes['exception.type'] === 'TypeError'),
    ).toHaveLength(1);
  });

  it('writes the ids of the trace into each line of a request when that is asked for', async () => {
    const { lines, received } = await run({ START: '1', IDS: '1' });
    const { traceId } = spanOf(received, '/pay/7');
    expect(lines.split(`"trace_id":"${traceId}"`)).toHaveLength(5);
    expect(lines.replaceAll(/"(?:trace_id|span_id|trace_flags)":"[0-9a-f]*",?/g, '')).toBe(plain);
  });
});

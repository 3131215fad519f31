import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApp } from './drive.ts';
import { observeServer } from './server-spans.ts';

const cwd = join(import.meta.dirname, 'fixtures/imports');

it('makes the SERVER spans that the official instrumentation makes, in the same context', async () => {
  const ours = await observeServer({ cwd }, false);
  const official = await observeServer({ cwd }, true);
  // Newer lines of the official one say it, as the semantic conventions do.
  const withoutStatus = ours.spans.map((span) => JSON.parse(JSON.stringify(span).replace('"error.type":"503",', '')));
  expect(withoutStatus).toEqual(official.spans);
  expect(ours.seen).toEqual(official.seen);
  expect([ours.scopes, official.scopes]).toEqual([['@tracewright/middleware'], ['@opentelemetry/instrumentation-http']]);
});

describe('a program that brings the official http instrumentation', () => {
  it.each([
    ['passes', '@opentelemetry/instrumentation-http'],
    ['late', '@opentelemetry/instrumentation-http'],
    ['early', '@opentelemetry/instrumentation-http'],
    ['outgoing', '@tracewright/middleware'],
  ])('%s: one span for each request that comes in, and one for each that goes out', async (brings, scope) => {
    const app = await openApp('other-http.cjs', { BRINGS: brings });
    await app.get('/calls');
    const { spans } = await app.stop();
    const servers = spans.filter(({ kind }) => kind === 'SERVER');
    expect(servers.map((span) => [span.attributes['url.path'], span.scope]).sort()).toEqual([
      ['/called', scope],
      ['/calls', scope],
    ]);
    expect(spans.filter(({ kind }) => kind === 'CLIENT').map((span) => span.scope)).toEqual(['@opentelemetry/instrumentation-http']);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  });
});

it('masks secrets in the query of an incoming request', async () => {
  const app = await openApp('server.cjs');
  await app.get('/x?token=abc&page=2');
  const { spans } = await app.stop();
  expect(spans.map((span) => span.attributes['url.query'])).toEqual(['token=REDACTED&page=2']);
});

it.each(['0', '1'])('leaves domains as they are (TRACED=%s)', async (traced) => {
  const app = await openApp('domain.cjs', { TRACED: traced });
  const answers = [await app.get('/error'), await app.get('/custom')];
  const ended = await app.stop();
  expect(answers).toEqual([
    { status: 500, body: 'broken request' },
    { status: 200, body: 'true' },
  ]);
  expect(ended.spans.map(({ attributes }) => attributes['http.response.status_code'])).toEqual(traced === '1' ? [500, 200] : []);
});

it('is turned off by OTEL_NODE_DISABLED_INSTRUMENTATIONS', async () => {
  const app = await openApp('server.cjs', { OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' });
  await app.get('/x');
  const ended = await app.stop();
  expect([ended.spans, ended.stderr.includes(': undici |')]).toEqual([[], true]);
});

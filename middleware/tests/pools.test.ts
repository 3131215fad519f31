import { describe, expect, it } from 'vitest';
import { openApp } from './drive.ts';

describe.each(['agent', 'pool'])('a call that waits for a connection of an undici %s', (pool) => {
  it.each(['fetch', 'global fetch', 'request'])('is in the trace of its caller: %s', async (by) => {
    const app = await openApp('pools.cjs', { BY: by, POOL: pool });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => app.get(`/${n}`)));
    const { spans } = await app.stop();
    const pairs: unknown[][] = answers.map(({ body }) => JSON.parse(body));
    expect(pairs.map(([arrived]) => arrived)).toEqual(pairs.map(([, own]) => own));
    const fronts = spans.filter(({ kind, attributes }) => kind === 'SERVER' && attributes['url.path'] !== '/');
    const calls = spans.filter(({ kind }) => kind === 'CLIENT');
    expect(calls.map(({ parentSpanId }) => parentSpanId).sort()).toEqual(fronts.map(({ spanId }) => spanId).sort());
  });
});

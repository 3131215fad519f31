import { describe, expect, it } from 'vitest';
import { openApp } from './drive.ts';

const EXPRESSES = (process.env['EXPRESSES'] ?? 'express express4').split(' ');
const PLACES = ['route', 'mounted', 'fails'];

describe.each(EXPRESSES)('%s', (express) => {
  it.each(['one after the other', 'side by side'])('runs a layer in the context of its request, whoever calls `next`: %s', async (how) => {
    const app = await openApp('next-elsewhere.cjs', { EXPRESS: express });
    const paths = PLACES.flatMap((place) => Array.from({ length: 20 }, (_, n) => `/${place}/${n}`));
    if (how === 'side by side') await Promise.all(paths.map((path) => app.get(path)));
    else for (const path of paths) await app.get(path);
    const { spans } = await app.stop();
    const servers = new Map(spans.filter(({ kind }) => kind === 'SERVER').map((span) => [span.attributes['url.path'], span]));
    const parents = spans
      .filter(({ kind }) => kind === 'CLIENT')
      .map((span) => [String(span.attributes['url.full']).replace(/^.*for=/, ''), span.parentSpanId]);
    expect(parents.length).toBe(paths.length);
    expect(Object.fromEntries(parents)).toEqual(Object.fromEntries(paths.map((path) => [path, servers.get(path)?.spanId])));
  });
});

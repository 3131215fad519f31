import { expect, it } from 'vitest';
import { openApp } from './drive.ts';

it('traces http when a library instrumentation was made before it', async () => {
  const app = await openApp('library.cjs');
  await app.get('/');
  const ended = await app.stop();
  expect(ended.spans.map((span) => span.kind)).toEqual(['SERVER']);
  expect(ended.stderr).toContain('http, undici, library');
});

it('takes the longest path among the layers of Koa routers, and keeps the hook of the program', async () => {
  const app = await openApp('layers.cjs');
  const answers = [await app.get('/api/posts/7'), await app.get('/api/posts'), await app.get('/missing')];
  const ended = await app.stop();
  const names = ended.spans.filter(({ kind }) => kind === 'SERVER').map(({ name }) => name);
  expect(names).toEqual(['GET /api/posts/:id', 'GET /api/posts', 'GET']);
  expect(answers.map(({ body }) => body)).toEqual(['5', '10', '11']);
});

import { expect, it } from 'vitest';
import { openApp } from './drive.ts';

it('traces http when a library instrumentation was made before it', async () => {
  const app = await openApp('library.cjs');
  await app.get('/');
  const ended = await app.stop();
  expect(ended.spans.map((span) => span.kind)).toEqual(['SERVER']);
  expect(ended.stderr).toContain('http, undici, library');
});

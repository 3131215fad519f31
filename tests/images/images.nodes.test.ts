import { expect, it } from 'vitest';
import { editedImages } from './edited-images.ts';
import { inEveryRun } from './in-every-run.ts';
import { notReplayed } from './not-replayed.ts';
import { replayEdited } from './replay-edited.ts';

const images = editedImages().filter(({ name }) => !inEveryRun.includes(name) && !(name in notReplayed));

it.each(images)('$name: replayed, it starts a program that loads tracing first and sends a span', async (image) => {
  const { first, spans } = await replayEdited(image);
  expect(first).toBe('@tracewright/middleware');
  expect(spans).toEqual([expect.stringMatching(/^SERVER GET/)]);
});

it('tells an image whose program does not load tracing', async () => {
  const [image] = images.filter(({ name }) => name.endsWith('copies-where-the-working-directory-was Dockerfile'));
  if (image === undefined) throw new Error('no such image');
  const entry = Buffer.from(image.files['src/index.js'] ?? '')
    .toString()
    .replace(/^require\(.*instrumentation.*\n/m, '');
  const { first, spans } = await replayEdited({ ...image, files: { ...image.files, 'src/index.js': entry } });
  expect([first === '@tracewright/middleware', spans]).toEqual([false, []]);
});

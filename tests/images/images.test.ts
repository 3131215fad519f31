import { expect, it, vi } from 'vitest';
import { dockerfileText, editedImages } from './edited-images.ts';
import { inEveryRun } from './in-every-run.ts';
import { notReplayed } from './not-replayed.ts';
import { replayEdited } from './replay-edited.ts';

// A replay installs for real: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 600_000 });

const images = editedImages();
const named = (name: string): (typeof images)[number] => {
  const image = images.find((each) => each.name === name);
  if (image === undefined) throw new Error(`no migration edits ${name}`);
  return image;
};

it.each(inEveryRun)('%s: replayed, it starts a program that loads tracing first and sends a span', async (name) => {
  const { first, spans } = await replayEdited(named(name));
  expect(first).toBe('@tracewright/middleware');
  expect(spans).toEqual([expect.stringMatching(/^SERVER GET/)]);
});

it('stops the build of an image that lacks the packed middleware', async () => {
  const image = named('otel-bootstrap/copies-where-the-working-directory-was Dockerfile');
  const text = dockerfileText(image.files, image.dockerfile).replace(/^COPY vendor.*\n/m, '');
  await expect(replayEdited({ ...image, files: { ...image.files, [image.dockerfile]: text } })).rejects.toThrow(/RUN npm install/);
});

it('names no image as impossible to replay that nothing edits', () => {
  expect(Object.keys(notReplayed).filter((name) => images.every((image) => image.name !== name))).toEqual([]);
});

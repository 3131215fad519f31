import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerfileText, type EditedImage, writeRepository } from './edited-images.ts';
import { replay } from './image.ts';
import { type Started, startImage } from './start-image.ts';

/** Writes the migrated repository, replays the Dockerfile, starts what it starts and asks it once. */
export async function replayEdited({ dockerfile, context, files }: EditedImage): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-image-'));
  try {
    const built = writeRepository(files, context, join(folder, 'repository'));
    const within = context === '' ? dockerfile : dockerfile.slice(context.length + 1);
    return await startImage(replay(dockerfileText(files, dockerfile), within, built, join(folder, 'image')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

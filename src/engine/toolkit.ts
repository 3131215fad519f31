import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TracewrightError } from '../contract/index.ts';

/** Version of this toolkit, from its own package.json. */
export function toolVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(toolFolder(), 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new TracewrightError('TW2018', 'package.json');
}

/** Bytes of a file that ships with the toolkit for copying into repositories. */
export function readAsset(name: string): Uint8Array {
  const file = join(toolFolder(), 'dist', 'assets', name);
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new TracewrightError('TW2018', `dist/assets/${name}`, { cause });
  }
}

/** The toolkit's root, whether this runs from src or from dist. */
export function toolFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

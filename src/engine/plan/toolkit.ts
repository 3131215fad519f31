import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TracewrightError } from '../../contract/index.ts';

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

/** One of our own programs, for a process of its own: `tasks/steps/proof-child.js` lies in dist/src, or its source in src. */
export function ownFile(name: string): string {
  const isSource = import.meta.url.endsWith('.ts');
  return join(toolFolder(), isSource ? 'src' : 'dist/src', isSource ? name.replace(/js$/, 'ts') : name);
}

/** The toolkit's root, whether this runs from src or from dist. */
export function toolFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

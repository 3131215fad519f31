import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Install, Undone } from '../contract/index.ts';
import { readReceipt, type UndoConsent, undoApplied } from '../engine/index.ts';
import { dependenciesOf, isBelow, isInstalled } from './missing-installs.ts';

/** Undoes, and names only the installs that have something to take out: packages that apply added and that are installed. */
export function undoInstalled(root: string, consent: UndoConsent = {}): Undone {
  const manifests = (readManifests(root) ?? []).map((file) => ({ file, declared: dependenciesOf(resolve(root, dirname(file))) }));
  const undone = undoApplied(root, consent);
  const added = manifests.map(({ file, declared }) => {
    const kept = new Set(dependenciesOf(resolve(root, dirname(file))));
    return { file, names: declared.filter((name) => !kept.has(name)) };
  });
  const isLeft = ({ folder }: Install): boolean =>
    added.some(({ file, names }) => isBelow(file, folder) && names.some((name) => isThere(root, folder, file, name)));
  const isThereStill = ({ folder }: Install): boolean => existsSync(join(root, folder, 'package.json'));
  // An upgrade is undone by other versions of the same packages, so there is always something to install.
  const installs = undone.installs.filter((install) => isThereStill(install) && (undone.earlier === true || isLeft(install)));
  return { ...undone, installs };
}

/** Undo itself says what is wrong with a receipt that cannot be read. */
function readManifests(root: string): readonly string[] | undefined {
  try {
    return readReceipt(root)?.files.flatMap(({ file }) => (/(^|\/)package\.json$/.test(file) ? [file] : []));
  } catch {
    return undefined;
  }
}

function isThere(root: string, folder: string, manifest: string, name: string): boolean {
  const plugAndPlay = join(root, folder, '.pnp.cjs');
  if (existsSync(plugAndPlay)) return readFileSync(plugAndPlay, 'utf8').includes(`"${name}"`);
  return isInstalled(resolve(root, dirname(manifest)), name);
}

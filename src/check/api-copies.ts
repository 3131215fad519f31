import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Package } from '../contract/index.ts';
import { readIfThere } from '../engine/index.ts';
import { type Finding, finding, lineOfKey } from './finding.ts';
import { apiCopiesIn, type Copy, isUnusedCopy } from './lock-copies.ts';
import { type Scene, tracedPackages } from './scene.ts';

const api = '@opentelemetry/api';

/** More than one copy of the API that a traced program can load: spans of the second one vanish. */
export function findApiCopies(scene: Scene): readonly Finding[] {
  const installed = installedCopies(scene.root);
  return tracedPackages(scene).flatMap((pkg) => {
    const [lock] = pkg.lockfiles;
    const locked = lock === undefined ? [] : within(pkg, apiCopiesIn(lock, scene.tree.read(lock) ?? ''), scene);
    if (lock !== undefined && locked.length > 1)
      return [several(pkg, lock, lineOfKey(scene.tree.read(lock), locked[1]?.place ?? ''), locked)];
    const here = within(pkg, installed, scene);
    return here.length > 1 ? [several(pkg, pkg.manifest, lineOfKey(scene.tree.read(pkg.manifest), api), here)] : [];
  });
}

function several(pkg: Package, file: string, line: number, copies: readonly Copy[]): Finding {
  const list = copies.map(({ place, version }) => `${version} in ${place}`).join(', ');
  return finding('TW2120', file, line, `${pkg.name ?? pkg.manifest} can load ${copies.length} copies of ${api}: ${list}.`);
}

/** Copies that are not inside another package of the repository. */
function within(pkg: Package, copies: readonly Copy[], { survey }: Scene): readonly Copy[] {
  const others = survey.packages.filter(({ dir }) => dir !== pkg.dir && dir !== '' && !`${pkg.dir}/`.startsWith(`${dir}/`));
  return copies.filter(({ place }) => !others.some(({ dir }) => place.startsWith(`${dir}/`)));
}

/** Copies in node_modules folders, each real folder once. */
function installedCopies(root: string): readonly Copy[] {
  const copies = new Map<string, Copy>();
  const seen = new Set<string>();
  const look = (folder: string): void => {
    if (!isFolder(folder)) return;
    const real = realpathSync(folder);
    if (seen.has(real)) return;
    seen.add(real);
    for (const name of namesIn(folder)) {
      if (name === '.pnpm' || name.startsWith('@')) look(join(folder, name));
      const inner = join(folder, name);
      if (inner.endsWith(join('node_modules', api))) keep(inner);
      look(join(inner, 'node_modules'));
    }
  };
  const keep = (folder: string): void => {
    const real = realpathSync(folder);
    const manifest = readIfThere(real, 'package.json')?.toString('utf8');
    if (manifest !== undefined) copies.set(real, { place: relative(root, folder).replaceAll('\\', '/'), version: versionIn(manifest) });
  };
  look(join(root, 'node_modules'));
  return [...copies.values()].filter(({ place }) => !isUnusedCopy(place)).sort((a, b) => (a.place < b.place ? -1 : 1));
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .sort();
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function versionIn(manifest: string): string {
  return /"version"\s*:\s*"([^"]+)"/.exec(manifest)?.[1] ?? 'unknown';
}

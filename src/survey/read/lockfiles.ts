import type { PackageManager } from '../../contract/index.ts';
import { property, stringValue } from './json-text.ts';
import { resolveNpm } from './lock-npm.ts';
import { resolvePnpm } from './lock-pnpm.ts';
import { resolveYarn } from './lock-yarn.ts';
import type { Manifest } from './manifests.ts';
import { baseName, dirOf, isInside, joinPath, upwards } from './paths.ts';
import type { Reading } from './reading.ts';

/** Exact version of one dependency of the package in `dir`, as far as the lock file says. */
export type Resolve = (dir: string, name: string, range: string) => string | undefined;

const kinds: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
};

export interface Locking {
  readonly packageManager: PackageManager;
  readonly lockfiles: readonly string[];
  readonly resolve: Resolve;
}

/** Package manager and lock files of a package, looked for from its folder up to its workspace root. */
export function lockingOf(reading: Reading, manifests: readonly Manifest[], manifest: Manifest, root: string): Locking {
  const above = upwards(manifest.dir).filter((dir) => isInside(root, dir));
  const found = above.flatMap((dir) => Object.keys(kinds).map((name) => joinPath(dir, name))).filter((file) => reading.has(file));
  const stated = above.map((dir) => statedManager(manifests.find((each) => each.dir === dir))).find((each) => each !== undefined);
  const lockfiles = sortStated(found, stated);
  reportSeveral(reading, lockfiles, stated);
  const [nearest] = lockfiles;
  if (nearest === undefined) return { packageManager: fallback(stated), lockfiles, resolve: () => undefined };
  return { packageManager: managerOf(reading, nearest), lockfiles, resolve: resolverOf(reading, nearest) };
}

function fallback(stated: string | undefined): PackageManager {
  return stated === 'pnpm' || stated === 'yarn' ? stated : 'npm';
}

function statedManager(manifest: Manifest | undefined): string | undefined {
  return stringValue(property(manifest?.json.root, 'packageManager'))?.split('@')[0];
}

/** Nearest first; of those side by side, the one of the stated package manager first. */
function sortStated(files: readonly string[], stated: string | undefined): string[] {
  const rank = (file: string): number => (kinds[baseName(file)] === stated ? 0 : 1);
  return files.toSorted((a, b) => dirOf(b).length - dirOf(a).length || rank(a) - rank(b));
}

function reportSeveral(reading: Reading, files: readonly string[], stated: string | undefined): void {
  const [first] = files;
  if (first === undefined || stated !== undefined) return;
  const beside = files.filter((file) => dirOf(file) === dirOf(first) && kinds[baseName(file)] !== kinds[baseName(first)]);
  if (beside.length > 0) reading.report('TW1013', `${[first, ...beside].join(', ')}; ${first} was used`, { file: first, line: 1 });
}

function managerOf(reading: Reading, file: string): PackageManager {
  const kind = kinds[baseName(file)] ?? 'npm';
  if (kind !== 'yarn') return kind;
  return /^__metadata:/m.test(reading.repo.read(file)?.slice(0, 2000) ?? '') ? 'yarn-berry' : 'yarn';
}

function resolverOf(reading: Reading, file: string): Resolve {
  return reading.once(`lock ${file}`, () => {
    const kind = kinds[baseName(file)];
    if (kind === 'pnpm') return resolvePnpm(reading, file);
    return kind === 'yarn' ? resolveYarn(reading, file) : resolveNpm(reading, file);
  });
}

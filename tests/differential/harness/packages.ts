import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export type Express = 4 | 5;

export const ROOT: string = join(import.meta.dirname, '../../..');
const MODULES = join(ROOT, 'node_modules');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
}

/** Where a package of this repository lies; both versions of Express are installed, one under another name. */
export function folderOf(name: string, express: Express): string {
  return join(MODULES, name === 'express' && express === 4 ? 'express4' : name);
}

/** The `package.json` of an installed package. */
export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

export function versionOf(name: string, express: Express): string {
  return manifestIn(folderOf(name, express)).version;
}

/** A lock file of what the program really gets, as npm writes it. */
export function lockOf(packages: readonly string[], express: Express): string {
  const locked = new Map<string, unknown>();
  const visit = (folder: string): void => {
    const key = relative(ROOT, folder).replace(/^node_modules\/express4(?=\/|$)/, 'node_modules/express');
    if (locked.has(key)) return;
    const { version, dependencies, engines } = manifestIn(folder);
    locked.set(key, { version, ...(dependencies && { dependencies }), ...(engines && { engines }) });
    for (const name of Object.keys(dependencies ?? {})) {
      const found = resolvePackage(name, folder);
      if (found !== undefined) visit(found);
    }
  };
  for (const name of packages) visit(folderOf(name, express));
  const dependencies = Object.fromEntries(packages.map((name) => [name, versionOf(name, express)]));
  const sorted = Object.fromEntries([...locked].sort(([a], [b]) => (a < b ? -1 : 1)));
  const lock = { name: 'program', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { dependencies }, ...sorted } };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function resolvePackage(name: string, from: string): string | undefined {
  for (let folder = from; folder.startsWith(ROOT); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

/** Where links lead: both programs see the same files. */
export const MODULES_PATH: string = realpathSync(MODULES);

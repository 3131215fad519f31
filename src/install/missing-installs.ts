import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Install } from '../contract/index.ts';
import { readIfThere, readReceipt } from '../engine/index.ts';

/** Installs of the receipt whose packages are not all in node_modules: apply ran without them, or they were interrupted. */
export function missingInstalls(root: string): readonly Install[] {
  const receipt = readReceipt(root);
  const manifests = (receipt?.files ?? []).map(({ file }) => file).filter((file) => /(^|\/)package\.json$/.test(file));
  return (receipt?.installs ?? []).filter((install) => {
    if (existsSync(join(root, install.folder, '.pnp.cjs'))) return false;
    return manifests.some((manifest) => isBelow(manifest, install.folder) && lacksPackages(resolve(root, manifest)));
  });
}

/** Whether a file lies in a folder; '' is the root. */
export function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

function lacksPackages(manifest: string): boolean {
  const folder = dirname(manifest);
  return dependenciesOf(folder).some((name) => !isInstalled(folder, name));
}

/** Names of the run-time dependencies; none of a manifest that cannot be read. */
export function dependenciesOf(folder: string): readonly string[] {
  try {
    const text = readIfThere(folder, 'package.json')?.toString('utf8') ?? '{}';
    const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
    return Object.keys(dependencies);
  } catch {
    return [];
  }
}

/** Node's own lookup: node_modules of the folder and of every folder above it. */
export function isInstalled(folder: string, name: string): boolean {
  if (existsSync(join(folder, 'node_modules', name))) return true;
  return dirname(folder) !== folder && isInstalled(dirname(folder), name);
}

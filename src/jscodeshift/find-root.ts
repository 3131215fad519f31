import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Folder whose repository a file belongs to: with `.git`, else of the outermost workspace, else of the nearest package.json. */
export function findRoot(file: string): string {
  let nearest: string | undefined;
  let workspace: string | undefined;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (existsSync(join(folder, 'package.json'))) {
      nearest ??= folder;
      if (holdsWorkspaces(folder)) workspace = folder;
    }
    if (folder === dirname(folder)) return workspace ?? nearest ?? dirname(file);
  }
}

function holdsWorkspaces(folder: string): boolean {
  if (existsSync(join(folder, 'pnpm-workspace.yaml')) || existsSync(join(folder, 'lerna.json'))) return true;
  return readFileSync(join(folder, 'package.json'), 'utf8').includes('"workspaces"');
}

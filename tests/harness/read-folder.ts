import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder by path, as bytes; undefined when there is no such folder. Everything is read, ignored or not. */
export function readFolder(folder: string): Readonly<Record<string, Buffer>> | undefined {
  if (!existsSync(folder)) return undefined;
  const files: [string, Buffer][] = [];
  const visit = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below + entry.name;
      if (entry.isDirectory()) visit(`${path}/`);
      else if (entry.isFile()) files.push([path, readFileSync(join(folder, path))]);
    }
  };
  visit('');
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

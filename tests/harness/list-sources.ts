import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** TypeScript of the toolkit itself below some folders, by path; no tests, no fixtures. */
export function listSources(root: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.c?ts$/.test(file) && !/\.test\.ts$|\/fixtures\/|\/node_modules\//.test(file))
      .sort(),
  );
}

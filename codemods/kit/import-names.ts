import type { Repo } from '../../src/contract/index.ts';
import { folderOf, joinPath } from './paths.ts';

const known = new WeakMap<Repo, Map<string, readonly string[]>>();

/** The names by which a file imports an npm package: its own, and those that the nearest package.json gives it (`"web": "npm:express@4"`). */
export function importNames(repo: Repo, file: string, name: string): readonly string[] {
  const ofRepo = known.get(repo) ?? new Map<string, readonly string[]>();
  known.set(repo, ofRepo);
  const key = `${folderOf(file)} ${name}`;
  let names = ofRepo.get(key);
  if (names === undefined) {
    names = [name, ...otherNames(repo, folderOf(file), name)];
    ofRepo.set(key, names);
  }
  return names;
}

function otherNames(repo: Repo, folder: string, name: string): readonly string[] {
  const text = repo.read(joinPath(folder, 'package.json'));
  if (text === undefined) return folder === '' ? [] : otherNames(repo, folderOf(folder), name);
  return [...text.matchAll(/"([^"\n]+)"\s*:\s*"npm:((?:@[^/@"]+\/)?[^@/"]+)@/g)].flatMap(([, key = '', real]) =>
    real === name ? [key] : [],
  );
}

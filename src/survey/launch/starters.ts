import type { Launch } from '../../contract/index.ts';
import { codeOf, listens } from '../facts/source-facts.ts';
import { deepestAround, dirOf, joinPath } from '../read/paths.ts';
import { entryFile } from './entry-file.ts';
import type { Surroundings } from './trail.ts';

/** What only makes other files loadable, or sets variables. */
const hook =
  /^(ts-node|tsconfig-paths|@swc-node|@swc|@babel|babel-core|babel-register|sucrase|esbuild-register|esm|reify|module-alias|app-module-path|source-map-support|dotenv|dotenv-expand|reflect-metadata|core-js|regenerator-runtime)(\/|$)/;

const statement =
  /^\s*(?:(['"])use strict\1;?|(?:module\.exports\s*=\s*)?(?:require\s*\(\s*(['"])([^'"]+)\2\s*\)|import\s+(['"])([^'"]+)\4)(?:(?:\.\w+)?\([^()]*\))?;?)(?=\s|$)/;

/**
 * A launch of a file that only starts another entry of its package is a launch of that one, so that one program gets one bootstrap.
 *
 *   index.js   require('ts-node/register'); require('./src/main')     -> src/main.ts
 *   docker.js  spawn('node', ['dist/main.js'])                        -> src/main.ts, in a process of its own: flags do not reach it
 *   all.js     spawn(..., ['orders/main.js']); spawn(..., ['stock/main.js'])  -> those have launches in packages of their own: none
 */
export function throughStarters(launches: readonly Launch[], around: Surroundings): readonly Launch[] {
  const entries = new Set(launches.flatMap(({ entry }) => entry ?? []));
  return launches.flatMap((launch) => {
    const { entry, flags, ...rest } = launch;
    if (entry === undefined || !/\.[cm]?[jt]s$/.test(entry)) return [launch];
    const isStarted = (file: string | undefined): file is string =>
      file !== undefined && file !== entry && entries.has(file) && isOfSamePackage(file, entry, around);
    const loaded = loadedBy(entry, around);
    if (isStarted(loaded)) return [{ ...rest, entry: loaded, ...(flags && { flags }) }];
    const named = spawnedBy(entry, launch.cwd, around);
    const [only, ...more] = named.filter(isStarted);
    if (only !== undefined) return more.length === 0 ? [{ ...rest, entry: only }] : [launch];
    return startsOthers(named, entry, entries) ? [] : [launch];
  });
}

/** What starts the services of a monorepo side by side has launches of its own for each of them; it serves nothing itself. */
function startsOthers(named: readonly string[], entry: string, entries: ReadonlySet<string>): boolean {
  const others = named.filter((file) => file !== entry);
  return others.length > 1 && others.every((file) => entries.has(file));
}

function isOfSamePackage(file: string, entry: string, { manifests }: Surroundings): boolean {
  return deepestAround(manifests, file) === deepestAround(manifests, entry);
}

/** The one file that a program loads which does nothing else, hooks apart. */
function loadedBy(entry: string, { reading, manifests }: Surroundings): string | undefined {
  const files: string[] = [];
  let rest = codeOf(reading, entry).replace(/^#!.*/, '');
  while (rest.trim() !== '') {
    const [all = '', , , required, , imported] = statement.exec(rest) ?? [];
    if (all === '') return undefined;
    const specifier = required ?? imported;
    if (specifier?.startsWith('.')) files.push(specifier);
    else if (specifier !== undefined && !hook.test(specifier)) return undefined;
    rest = rest.slice(all.length);
  }
  const [only] = files;
  return only === undefined || files.length > 1 ? undefined : entryFile(reading, manifests, joinPath(dirOf(entry), only));
}

/** Programs that a file names which starts processes and serves nothing itself. */
function spawnedBy(entry: string, cwd: string, { reading, manifests }: Surroundings): readonly string[] {
  const code = codeOf(reading, entry);
  if (!/\bchild_process\b/.test(code) || !/\b(spawn|fork|exec|execFile)(Sync)?\s*\(/.test(code) || listens(reading, entry)) return [];
  const home = deepestAround(manifests, entry)?.dir ?? '';
  const words = [...code.matchAll(/(['"`])([^'"`\n]+)\1/g)].flatMap(([, , text = '']) => text.split(/\s+/));
  const paths = words.filter((word) => /\.[cm]?[jt]s$/.test(word) && !word.startsWith('/'));
  const found = paths.flatMap((path) => {
    return [dirOf(entry), cwd, home].map((dir) => entryFile(reading, manifests, joinPath(dir, path)));
  });
  return [...new Set(found.flatMap((file) => file ?? []))];
}

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Problem, TracewrightError } from '../../contract/index.ts';
import { byCodeUnit } from './canonical.ts';
import { heartbeat } from './heartbeat.ts';
import { listFiles } from './list-files.ts';
import { isTooDeep } from './nesting.ts';
import { orNotThere } from './read-error.ts';
import { readText, SIZE_LIMIT } from './read-text.ts';
import { scanSources } from './scan-sources.ts';
import { decodeUtf8, notUtf8, otherCheckout, type Tree, tooDeep, tooLarge } from './tree.ts';

const REPLACED = '\uFFFD';

/** Opens a folder. `needles` are all the ones anybody will ask for: each source file is then read once. */
export function openRepo(root: string, needles: readonly string[] = []): Tree {
  return openFolder(realRoot(root), needles);
}

/** Opens a folder by its real path; one that is not there yet is empty. */
export function openFolder(base: string, needles: readonly string[]): Tree {
  const { files, links, checkouts, ignoredBy } = listFiles(base);
  const listed = new Set(files);
  const texts = new Map<string, string | undefined>();
  const problems = new Map<string, Problem>(checkouts.map((folder) => [folder, otherCheckout(folder)]));
  const load = (file: string): Buffer | undefined => {
    if (!listed.has(file) && !leadsInside(base, file)) return undefined;
    const path = join(base, file);
    return orNotThere(() => {
      if (statSync(path).size <= SIZE_LIMIT) return readFileSync(path);
      problems.set(file, tooLarge(file));
      return undefined;
    }, file);
  };
  const scan = scanSources(files, (file) => readLoosely(`${base}/${file}`, file), needles);
  const bytesOf = (file: string): Uint8Array | undefined => {
    const text = scan.kept(file);
    return text === undefined || text.includes(REPLACED) ? load(file) : Buffer.from(text, 'utf8');
  };
  const decode = (file: string): string | undefined => {
    const kept = scan.kept(file);
    if (kept !== undefined && !kept.includes(REPLACED)) return kept;
    const bytes = load(file);
    const text = bytes && decodeUtf8(bytes);
    if (bytes !== undefined && text === undefined) problems.set(file, notUtf8(file));
    return text;
  };
  const shallow = (file: string, text: string | undefined): string | undefined => {
    if (text === undefined || !isTooDeep(file, text)) return text;
    problems.set(file, tooDeep(file));
    return undefined;
  };
  return {
    files,
    ignoredBy,
    outward: links.filter((link) => leadsOut(base, link)),
    bytes: bytesOf,
    problems: () => [...problems].sort(([a], [b]) => byCodeUnit(a, b)).map(([, problem]) => problem),
    mentioning: (asked) => scan.mentioning(asked),
    read(file) {
      heartbeat();
      if (!texts.has(file)) texts.set(file, shallow(file, decode(file)));
      return texts.get(file);
    },
  };
}

/** The folder with links resolved; refuses what is not a folder. */
export function realRoot(root: string): string {
  try {
    if (statSync(root).isDirectory()) return realpathSync(root);
  } catch (cause) {
    throw new TracewrightError('TW1001', root, { cause });
  }
  throw new TracewrightError('TW1001', root);
}

/** The real path of a folder that may not be there yet. */
export function placeOfNew(root: string): string {
  if (existsSync(root)) return realRoot(root);
  let above = dirname(resolve(root));
  while (!existsSync(above)) above = dirname(above);
  return join(realRoot(above), relative(above, resolve(root)));
}

/** Whether a path names a file that, with every link followed, lies inside the root. */
function leadsInside(base: string, file: string): boolean {
  if (file.startsWith('/') || file.split('/').includes('..')) return false;
  const path = realPath(base, file);
  return path !== undefined && isBelow(base, path) && statSync(path).isFile();
}

function leadsOut(base: string, link: string): boolean {
  const path = realPath(base, link);
  return path !== undefined && !isBelow(base, path);
}

function isBelow(base: string, path: string): boolean {
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);
}

function realPath(base: string, file: string): string | undefined {
  try {
    return realpathSync(join(base, file));
  } catch {
    return undefined;
  }
}

function readLoosely(path: string, file: string): string | undefined {
  heartbeat();
  return orNotThere(() => readText(path), file);
}

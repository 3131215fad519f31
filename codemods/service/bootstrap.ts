import { importsOf, resolveModule, sourceOf } from '../../src/ast/index.ts';
import type { Build, Entry, Launch, Package, Repo, Service, Survey } from '../../src/contract/index.ts';
import { baseOf, folderOf, isWithin, joinPath, withoutFolder } from '../kit/index.ts';
import { isMovedInImage } from './docker-files.ts';
import { mountWithout } from './mounted-files.ts';
import { packageOf } from './packages.ts';

/** What every bootstrap loads, and what tells ours from anybody else's file of that name. */
export const registerModule = '@tracewright/middleware/register';

/**
 * The file that starts tracing for some entries of a service.
 *
 *   require   CommonJS, beside package.json (`.cjs`), or beside an entry that a compiler moves (`.js`)
 *   import    written as an ES module, compiled to CommonJS, beside the entry so that the build carries it
 *   loader    runs as an ES module, beside package.json; the SDK is loaded as CommonJS through createRequire
 *
 * Where an image moves the entry away from its place below package.json, or a container mounts its folder alone, the file goes beside the entry.
 */
export interface Bootstrap {
  readonly form: 'require' | 'import' | 'loader';
  readonly file: string;
  readonly entries: readonly Entry[];
  /** True when the file is there and is ours. */
  readonly exists: boolean;
}

/** The bootstraps of a service, one per way its entries load modules; the same answer before and after they are written. */
export function bootstrapsOf(service: Service, survey: Survey, repo: Repo): readonly Bootstrap[] {
  const pkg = packageOf(survey, service);
  if (pkg === undefined) return [];
  const places = new Map<string, Entry[]>();
  for (const entry of builtFirst(service)) {
    const isApart =
      isMovedInImage(entry.file, pkg.dir, survey.dockerfiles, repo) ||
      mountWithout(entry, joinPath(pkg.dir, 'instrumentation.cjs'), service.launches, survey, repo) !== undefined;
    const place = placeOf(entry, pkg, isApart ? folderOf(entry.file) : pkg.dir);
    const same = [...places.keys()].find(
      (other) => other.startsWith('import') && place.startsWith('import') && extensionIn(other) === extensionIn(place),
    );
    const key = same ?? place;
    places.set(key, [...(places.get(key) ?? []), entry]);
  }
  return oncePerFile(places).map(([place, entries]) => bootstrapAt(place, entries, repo));
}

/** `import:src:.js` and `require:src:.js` name one file; written with require, it also runs where nothing compiles it (before `@babel/register`). */
function oncePerFile(places: ReadonlyMap<string, Entry[]>): readonly (readonly [string, readonly Entry[]])[] {
  const isOther = (place: string, from: string, to: string): boolean => place.startsWith(from) && places.has(place.replace(from, to));
  return [...places]
    .filter(([place]) => !isOther(place, 'import:', 'require:'))
    .map(([place, entries]) => {
      const others = isOther(place, 'require:', 'import:') ? places.get(place.replace('require:', 'import:')) : undefined;
      return [place, [...entries, ...(others ?? [])]] as const;
    });
}

/** Folder and extension by how the entry is loaded, e.g. `import:src:.ts`. */
function placeOf(entry: Entry, pkg: Package, home: string): string {
  // Rollup hoists imports in CommonJS too, so that only --import comes before them. A file that has none is no source of it.
  if (entry.runsAs === 'esm' || (pkg.build?.hoists && entry.syntax === 'import')) return `loader:${home}:.mjs`;
  if (entry.syntax === 'import' || entry.language === 'typescript')
    return `import:${folderOf(entry.file)}:${entry.language === 'typescript' ? '.ts' : '.js'}`;
  return isCompiled(entry, pkg.build) ? `require:${folderOf(entry.file)}:.js` : `require:${home}:.cjs`;
}

function isCompiled(entry: Entry, build: Build | undefined): boolean {
  if (build?.output === undefined || build.output === build.source) return false;
  return isWithin(entry.file, build.source ?? folderOf(entry.file)) && !isWithin(entry.file, build.output) && !entry.file.endsWith('.cjs');
}

function extensionIn(place: string): string {
  return place.slice(place.lastIndexOf(':') + 1);
}

function bootstrapAt(place: string, entries: readonly Entry[], repo: Repo): Bootstrap {
  const [form = '', folder = '', extension = ''] = place.split(':');
  const files = ['instrumentation', 'instrumentation.tracewright'].map((name) => joinPath(folder, name + extension));
  const ours = files.find((file) => isOurs(repo, file)) ?? movedTo(entries, extension, repo);
  const free = files.find((file) => !isTaken(repo, file));
  const file = ours ?? free ?? joinPath(folder, `tracewright${extension}`);
  return { form: form === 'require' || form === 'import' ? form : 'loader', file, entries, exists: ours !== undefined };
}

/** Where a person has put the bootstrap since: what an entry loads from elsewhere in its stead. */
function movedTo(entries: readonly Entry[], extension: string, repo: Repo): string | undefined {
  const loaded = entries.flatMap((entry) => {
    const source = sourceOf(entry.file, repo.read(entry.file));
    const loads = source === undefined ? [] : importsOf(source).filter(({ topLevel, typeOnly }) => topLevel && !typeOnly);
    return loads.map(({ specifier = '' }) => (specifier.startsWith('.') ? resolveModule(repo, entry.file, specifier) : undefined));
  });
  return loaded.find((file) => file?.endsWith(extension) && isOurs(repo, file));
}

function isOurs(repo: Repo, file: string): boolean {
  return repo.read(file)?.includes(registerModule) ?? false;
}

/** A name is taken when importing it without an extension could mean another file or folder. */
function isTaken(repo: Repo, file: string): boolean {
  const folder = folderOf(file);
  const stem = baseOf(file).replace(/\.[cm]?[jt]s$/, '');
  const start = joinPath(folder, stem);
  return repo.files.some((other) => {
    if (!other.startsWith(start) || !isWithin(other, folder)) return false;
    const [first = '', ...rest] = withoutFolder(other, folder).split('/');
    if (rest.length > 0) return first === stem;
    return first.replace(/(\.d)?\.([cm]?[jt]sx?|json|node)$/, '') === stem && !isOurs(repo, other);
  });
}

/** Entries in the order in which they may decide where the bootstrap lies: what the build emits for production, then the nearest. */
function builtFirst({ entries, launches }: Service): readonly Entry[] {
  const built = (entry: Entry): number => (launches.some((each) => each.entry === entry.file && isBuilt(each)) ? 0 : 1);
  const depth = (entry: Entry): number => entry.file.split('/').length;
  return entries.toSorted((a, b) => built(a) - built(b) || depth(a) - depth(b) || (a.file < b.file ? -1 : 1));
}

/** The command names a file that is not the one a person edits. */
function isBuilt({ entry = '', target, purpose }: Launch): boolean {
  if (purpose !== 'production' || target === undefined) return false;
  const stem = (path: string): string => path.replace(/^(\.?\/)+/, '').replace(/\.[cm]?[jt]sx?$/, '');
  return stem(entry) !== stem(target) && !stem(entry).endsWith(`/${stem(target)}`) && stem(entry) !== `${stem(target)}/index`;
}

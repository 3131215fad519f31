import type { Entry, Launch, ModuleSystem, Package, Service } from '../../contract/index.ts';
import { baseName, deepestAround, extensionOf } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { importStyle } from './source-facts.ts';

/** Package whose folder holds a path, the deepest first. */
export function ownerOf(packages: readonly Package[], path: string): Package | undefined {
  return deepestAround(packages, path);
}

/** Packages that a launch leads into, with their entries. */
export function describeServices(reading: Reading, packages: readonly Package[], launches: readonly Launch[]): Service[] {
  const byOwner = new Map<string | undefined, Launch[]>();
  for (const launch of launches) {
    const dir = ownerOf(packages, launch.entry ?? `${launch.cwd}/.`.replace(/^\//, ''))?.dir;
    const known = byOwner.get(dir);
    if (known === undefined) byOwner.set(dir, [launch]);
    else known.push(launch);
  }
  return packages.flatMap((owner) => {
    const own = byOwner.get(owner.dir) ?? [];
    const files = [...new Set(own.flatMap((launch) => launch.entry ?? []))];
    if (files.length === 0) return [];
    const entries = files.map((file) => describeEntry(reading, owner, file, own));
    return [{ name: owner.name ?? (baseName(owner.dir) || 'app'), package: owner.dir, entries, launches: own }];
  });
}

function describeEntry(reading: Reading, owner: Package, file: string, launches: readonly Launch[]): Entry {
  const launch = launches.find((each) => each.entry === file);
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const style = importStyle(reading, file);
  const runsAs = runningSystem(
    owner,
    file,
    style,
    launches.filter((each) => each.entry === file),
  );
  return {
    file,
    package: owner.dir,
    language: isTypeScript ? 'typescript' : 'javascript',
    runsAs,
    syntax: style ?? (runsAs === 'esm' || isTypeScript ? 'import' : 'require'),
    evidence: launch?.evidence ?? { file, line: 1 },
  };
}

/** Preloads that compile what `require` loads: Node sees CommonJS, whatever the file is written in. */
const requireHook = /^(esm|reify|esbuild-register|(@babel|babel-core|sucrase|buble|@swc-node|@swc|reify)\/register|babel-register)(\/|$)/;

/** Module system Node sees when it runs a file. */
function runningSystem(owner: Package, file: string, style: Entry['syntax'] | undefined, launches: readonly Launch[]): ModuleSystem {
  const extension = extensionOf(file);
  if (extension === '.mjs' || extension === '.mts') return 'esm';
  if (extension === '.cjs' || extension === '.cts') return 'commonjs';
  const isBuilt = /\.tsx?$/.test(extension) || (style === 'import' && owner.build !== undefined && compilesJavaScript(owner));
  if (isBuilt) return builtSystem(owner, launches);
  if (launches.some((each) => each.preloads?.some((preload) => requireHook.test(preload)))) return 'commonjs';
  // Without `type`, Node takes a file with import statements for a module (20.19, 22.7 and later).
  return owner.type === 'commonjs' && style === 'import' ? 'esm' : owner.type;
}

function compilesJavaScript(owner: Package): boolean {
  return owner.build?.tool !== 'tsc' && owner.build?.tool !== 'unknown' && owner.build?.tool !== 'strip-types'
    ? owner.type === 'commonjs' || owner.build?.bundles === true
    : owner.type === 'commonjs';
}

/** What builds the production launch decides; `tsx` and type stripping only count when nothing else is built. */
function builtSystem(owner: Package, launches: readonly Launch[]): ModuleSystem {
  const { build } = owner;
  if (build) return build.emits;
  return launches.some((each) => each.runner === 'tsx') ? owner.type : owner.type;
}

import type { Evidence, Launch, Package, Telemetry } from '../../contract/index.ts';
import { deepestAround } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { codeOf } from './source-facts.ts';

const notProduct = /(^|\/)(tests?|__tests__|spec|e2e|fixtures|__mocks__|examples?|docs)\/|\.(test|spec|e2e)\.[cm]?[jt]sx?$/;

/** A tracer that one package of the repository starts inside the program of another. */
interface Inherited {
  readonly telemetry: Telemetry;
  readonly evidence: Evidence;
}

/**
 * What the packages of a repository start in each other's programs: a launch preloads one (`--import @shop/telemetry`), or a program calls
 * what the file that starts tracing exports.
 */
export function inheritTelemetry(
  reading: Reading,
  packages: readonly Package[],
  launches: readonly Launch[],
  found: readonly Telemetry[],
): readonly Telemetry[] {
  const started = found.filter(({ state, vendor }) => state === 'started' && vendor !== 'tracewright');
  if (started.length === 0) return found;
  const inherited = packages
    .filter((owner) => !started.some((each) => each.package === owner.dir))
    .flatMap((owner) => {
      const first =
        preloadOf(owner, packages, launches, started) ??
        callOf(reading, owner, packages, started) ??
        pathOf(reading, owner, packages, launches, started);
      return first === undefined ? [] : [{ ...first.telemetry, package: owner.dir, evidence: first.evidence }];
    });
  return inherited.length === 0 ? found : [...found, ...inherited];
}

function preloadOf(
  owner: Package,
  packages: readonly Package[],
  launches: readonly Launch[],
  started: readonly Telemetry[],
): Inherited | undefined {
  for (const { preloads = [], entry, cwd, evidence } of launches) {
    if (deepestAround(packages, entry ?? `${cwd}/.`.replace(/^\//, '')) !== owner) continue;
    const loaded = packages.filter(
      ({ name }) => name !== undefined && preloads.some((each) => each === name || each.startsWith(`${name}/`)),
    );
    const telemetry = loaded.flatMap((pkg) => [pkg, ...localPackages(pkg, packages)]).flatMap(({ dir }) => inPackage(started, dir))[0];
    if (telemetry !== undefined) return { telemetry, evidence };
  }
  return undefined;
}

function callOf(reading: Reading, owner: Package, packages: readonly Package[], started: readonly Telemetry[]): Inherited | undefined {
  const around = localPackages(owner, packages).flatMap(({ dir }) => inPackage(started, dir));
  for (const telemetry of around) {
    const names = exportedNames(codeOf(reading, telemetry.evidence.file));
    if (names.length === 0) continue;
    const users = reading.once(`mentioning ${names.join(' ')}`, () => reading.repo.mentioning(names));
    const own = users.filter((file) => deepestAround(packages, file) === owner && !notProduct.test(file));
    const evidence = own.map((file) => placeOfCall(reading, file, names)).find((each) => each !== undefined);
    if (evidence !== undefined) return { telemetry, evidence };
  }
  return undefined;
}

/** A program that loads the file that starts tracing by its path, across the folders of packages (`libs/utils/tracer`). */
function pathOf(
  reading: Reading,
  owner: Package,
  packages: readonly Package[],
  launches: readonly Launch[],
  started: readonly Telemetry[],
): Inherited | undefined {
  if (!launches.some(({ entry }) => entry !== undefined && deepestAround(packages, entry) === owner)) return undefined;
  for (const telemetry of started) {
    const stem = telemetry.evidence.file.replace(/\.[cm]?[jt]sx?$/, '');
    const [folder, name] = stem
      .replace(/\/index$/, '')
      .split('/')
      .slice(-2);
    if (folder === undefined || name === undefined) continue;
    const specifier = new RegExp(`(?:from|import|require)\\s*\\(?\\s*['"][^'"\\n]*\\b${escaped(folder)}/${escaped(name)}['"]`);
    const users = reading.once(`mentioning ${name}`, () => reading.repo.mentioning([name]));
    const own = users.filter((file) => deepestAround(packages, file) === owner && !notProduct.test(file));
    for (const file of own) {
      const hit = specifier.exec(reading.repo.read(file) ?? '');
      if (hit !== null) return { telemetry, evidence: { file, line: hit.input.slice(0, hit.index).split('\n').length } };
    }
  }
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function placeOfCall(reading: Reading, file: string, names: readonly string[]): Evidence | undefined {
  const called = new RegExp(`\\b(?:${names.join('|')})\\s*\\(`);
  const hit = called.test(codeOf(reading, file)) ? called.exec(reading.repo.read(file) ?? '') : null;
  return hit === null ? undefined : { file, line: hit.input.slice(0, hit.index).split('\n').length };
}

/** Long enough to mean one thing in other files too. */
function exportedNames(code: string): readonly string[] {
  const names = [...code.matchAll(/\bexport\s+(?:async\s+)?(?:function|class|const)\s+(\w+)|\bexports\.(\w+)\s*=/g)];
  return [...new Set(names.flatMap(([, esm, cjs]) => esm ?? cjs ?? []))].filter((name) => name.length > 6).sort();
}

function inPackage(started: readonly Telemetry[], dir: string): readonly Telemetry[] {
  return started.filter((each) => each.package === dir);
}

/** Packages of the repository that this one needs at run time, however far. */
function localPackages(owner: Package, packages: readonly Package[]): readonly Package[] {
  const found = [owner];
  for (const each of found) {
    for (const { name, section } of each.dependencies) {
      const local = section === 'devDependencies' ? undefined : packages.find((other) => other.name === name && other.root === owner.root);
      if (local !== undefined && !found.includes(local)) found.push(local);
    }
  }
  return found.slice(1);
}

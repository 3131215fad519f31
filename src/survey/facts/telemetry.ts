import { escapePattern } from '../../contract/escape-pattern.ts';
import type { Evidence, Launch, Package, Survey, Telemetry } from '../../contract/index.ts';
import { isLogger } from '../../libraries/index.ts';
import { markedFiles } from '../read/marked-files.ts';
import { isInside } from '../read/paths.ts';
import { lineAt, type Reading } from '../read/reading.ts';
import { type KnownTelemetry, knownTelemetry } from './known-telemetry.ts';

const test = /(^|\/)(tests?|__tests__|spec|e2e|fixtures|__mocks__|examples?|docs)\/|\.(test|spec|e2e)\.[cm]?[jt]sx?$/;

/** Tracers that are declared, and whether something starts them. */
export function findTelemetry(
  reading: Reading,
  packages: readonly Package[],
  launches: readonly Launch[],
  entries: readonly string[],
): Telemetry[] {
  return packages.flatMap((owner) => knownTelemetry.flatMap((each) => telemetryOf(reading, owner, each, packages, launches, entries)));
}

function nameMatches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function telemetryOf(
  reading: Reading,
  owner: Package,
  vendor: KnownTelemetry,
  packages: readonly Package[],
  launches: readonly Launch[],
  entries: readonly string[],
): Telemetry[] {
  const declared = owner.dependencies.filter((each) => vendor.names.some((name) => nameMatches(name, each.name)));
  const started = startedIn(reading, owner, vendor, packages, entries) ?? preloaded(owner, vendor, packages, launches);
  const [first] = declared;
  if (!first && !started) return [];
  const name =
    (started && declared.find((each) => started.text.includes(each.name))?.name) ?? first?.name ?? started?.name ?? vendor.vendor;
  const rest = declared
    .filter((each) => each.name !== name)
    .map((each) => ({ vendor: vendor.vendor, package: owner.dir, name: each.name, state: 'declared' as const, evidence: each.evidence }));
  const evidence = started?.evidence ?? first?.evidence;
  if (!evidence) return rest;
  return [{ vendor: vendor.vendor, package: owner.dir, name, state: started ? 'started' : 'declared', evidence }, ...rest];
}

interface Started {
  readonly evidence: Evidence;
  readonly text: string;
  readonly name?: string;
}

function startedIn(
  reading: Reading,
  owner: Package,
  vendor: KnownTelemetry,
  packages: readonly Package[],
  entries: readonly string[],
): Started | undefined {
  const needles = vendor.names.map((name) => name.replace(/\*$/, ''));
  const mentioning = reading.once(`files that mention ${needles.join(' ')}`, () => filesMentioning(reading, needles));
  for (const file of mentioning) {
    if (!isOwned(owner, packages, file)) continue;
    const written = reading.repo.read(file) ?? '';
    const text = written.replace(/\/\*[\s\S]*?\*\/|(?<![:'"\\])\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
    const hit = vendor.starts.exec(text);
    const name = needles.find((needle) => isImported(text, needle));
    if (hit && name !== undefined && !onlyReports(vendor, text, owner, name) && isLoaded(reading, file, entries))
      return {
        evidence: { file, line: lineAt(text, hit.index) },
        text,
        name: vendor.vendor === 'opentelemetry' ? '@opentelemetry/sdk-node' : name,
      };
  }
  return undefined;
}

function onlyReports({ reports }: KnownTelemetry, text: string, owner: Package, name: string): boolean {
  if (reports === undefined || reports.traces.test(text)) return false;
  const used = owner.dependencies.find((each) => each.name === name);
  const [major] = /\d+/.exec(used?.resolved ?? used?.range ?? '') ?? [];
  return major !== undefined && Number(major) < reports.below;
}

function filesMentioning(reading: Reading, needles: readonly string[]): readonly string[] {
  return markedFiles(reading).filter((file) => {
    const text = test.test(file) ? '' : (reading.repo.read(file) ?? '');
    return needles.some((needle) => text.includes(needle));
  });
}

/** A name in any other string starts nothing. */
function isImported(text: string, name: string): boolean {
  return new RegExp(`\\b(?:from|import|require)\\s*\\(?\\s*['"\`]${escapePattern(name)}`).test(text);
}

/** A file that nothing refers to by its name is dormant. */
function isLoaded(reading: Reading, file: string, entries: readonly string[]): boolean {
  if (entries.includes(file)) return true;
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const name = stem === 'index' ? (file.split('/').at(-2) ?? stem) : stem;
  const reference = new RegExp(`['"](?:[^'"\\n]*/)?${escapePattern(name)}(?:/index)?(?:\\.[cm]?[jt]s)?['"]`);
  const referrers = reading.once(`mentioning ${name}`, () => reading.repo.mentioning([name])).filter((each) => each !== file);
  if (referrers.some((each) => reference.test(reading.repo.read(each) ?? ''))) return true;
  const commands = reading.repo.files.filter((each) =>
    /(^|\/)(package\.json|Procfile|Dockerfile[^/]*|nodemon\.json|[^/]*\.sh|(docker-)?compose[^/]*\.ya?ml|ecosystem[^/]*)$/.test(each),
  );
  const written = new RegExp(`(?:-r|--require|--import|NODE_OPTIONS)[^\\n]*\\b${escapePattern(name)}\\b`);
  return commands.some((each) => written.test(reading.repo.read(each) ?? ''));
}

function isOwned(owner: Package, packages: readonly Package[], file: string): boolean {
  if (!isInside(owner.dir, file)) return false;
  return !packages.some((each) => each.dir.length > owner.dir.length && isInside(owner.dir, each.dir) && isInside(each.dir, file));
}

/** Told by its name; of a package of this repository its code tells more. */
function preloaded(owner: Package, vendor: KnownTelemetry, packages: readonly Package[], launches: readonly Launch[]): Started | undefined {
  const isHere = (specifier: string): boolean =>
    packages.some(({ name }) => name !== undefined && (specifier === name || specifier.startsWith(`${name}/`)));
  for (const launch of launches) {
    const preload = launch.preloads?.find((each) => !each.startsWith('.') && vendor.preload.test(each) && !isHere(each));
    if (preload !== undefined && isOwned(owner, packages, launch.entry ?? launch.cwd))
      return { evidence: launch.evidence, text: preload, name: preload.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1') };
  }
  return undefined;
}

/** Logger packages that a package declares. */
export function findLoggers(packages: readonly Package[]): Survey['loggers'] {
  return packages.flatMap(({ dir, dependencies }) =>
    dependencies
      .filter((each) => each.section !== 'devDependencies' && isLogger(each.name))
      .map(({ name, evidence }) => ({ package: dir, name, evidence })),
  );
}

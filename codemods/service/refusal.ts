import { importsOf, lineOf, sourceOf } from '../../src/ast/index.ts';
import type { Cohort } from '../../src/cohort/index.ts';
import type { ErrorCode, Evidence, Launch, Package, Repo, Service, Survey, Telemetry } from '../../src/contract/index.ts';
import { libraryOf } from '../../src/libraries/index.ts';
import { isWithin, joinPath } from '../kit/index.ts';
import { overrideAgainst } from './overrides.ts';
import { fitOf, versionIn } from './versions.ts';

/** Why a service is left alone, and what to do instead. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly why: string;
  readonly next: string;
  readonly evidence: Evidence;
}

/** Agents that patch the same modules even when nothing in the repository starts them. */
const agents: ReadonlySet<Telemetry['vendor']> = new Set(['datadog', 'newrelic', 'elastic', 'instana', 'appinsights']);

export function refusalOf(service: Service, pkg: Package, survey: Survey, cohort: Cohort, repo: Repo): Refusal | undefined {
  return (
    ownedElsewhere(service, pkg, repo) ??
    isForOthers(service, pkg) ??
    isClosed(service, pkg) ??
    tracedAlready(pkg, survey) ??
    apiConflict(pkg, cohort) ??
    overridden(pkg, cohort, repo)
  );
}

function ownedElsewhere(service: Service, pkg: Package, repo: Repo): Refusal | undefined {
  const owner = ownerOf(service, pkg, repo);
  if (owner !== undefined) {
    const why = `${service.name} runs inside ${owner.title}, which starts Node.js code itself.`;
    return { code: 'TW2023', why, next: owner.next, evidence: owner.evidence };
  }
  const own = service.launches.filter(({ entry }) => entry !== undefined);
  if (own.length === 0 || !own.every(({ kind }) => kind === 'serverless')) return undefined;
  return own.some((launch) => isTraceable(launch, pkg)) ? undefined : untraceable(service, own[0], pkg);
}

/** AWS Lambda runs it, and what is installed beside package.json gets there. */
function isTraceable({ runner, cwd }: Launch, pkg: Package): boolean {
  return runner === 'aws-lambda-bundle' || (runner === 'aws-lambda' && isWithin(pkg.dir, cwd));
}

function untraceable({ name }: Service, launch: Launch | undefined, pkg: Package): Refusal | undefined {
  if (launch === undefined) return undefined;
  const { runner, cwd, evidence } = launch;
  if (runner === 'aws-lambda') {
    const why = `Only ${cwd}/ is put into the functions of ${name}; ${pkg.manifest} lies outside of it, so nothing that is installed gets there.`;
    const next = `Put a package.json into ${cwd}/, or have the deployment bundle the functions (esbuild), then plan again.`;
    return { code: 'TW2023', why, next, evidence };
  }
  if (runner === 'package patterns') {
    const why = `The package patterns of ${evidence.file} keep new files out of the functions of ${name}, so what starts tracing would not get there.`;
    const next = "Add 'instrumentation.*' and 'node_modules/**' to package.patterns, then plan again.";
    return { code: 'TW2023', why, next, evidence };
  }
  const why = `${name} is started by a serverless platform only (${runner}), which freezes the process between requests.`;
  return { code: 'TW2023', why, next: 'Use the OpenTelemetry layer of that platform for now.', evidence };
}

interface Owner {
  readonly title: string;
  readonly next: string;
  readonly evidence: Evidence;
}

/** The platform that starts the program: a server beside a desktop program is not one. */
function ownerOf(service: Service, pkg: Package, repo: Repo): Owner | undefined {
  const isMain = pkg.main !== undefined && service.entries.some(({ file }) => file === joinPath(pkg.dir, pkg.main ?? ''));
  const statesFunctions = service.launches.some(({ kind, entry }) => kind === 'serverless' && entry !== undefined);
  const declared = pkg.dependencies.flatMap(({ name, evidence }) => {
    // The Serverless Framework deploys the functions that it states; what it starts otherwise is not known.
    const owns = name === 'serverless' && statesFunctions ? undefined : libraryOf(name)?.owns;
    return owns !== undefined && (owns.when === undefined || isMain) ? [{ ...owns, evidence }] : [];
  });
  // Its own package.json may leave the platform to the one above.
  return declared[0] ?? service.entries.flatMap(({ file }) => loadedOwners(file, repo))[0];
}

function loadedOwners(file: string, repo: Repo): readonly Owner[] {
  const source = sourceOf(file, repo.read(file));
  if (source === undefined) return [];
  return importsOf(source).flatMap(({ specifier = '', node }) => {
    const owns = libraryOf(specifier)?.owns;
    return owns?.when === 'loaded' ? [{ ...owns, evidence: { file, line: lineOf(source, node.start) } }] : [];
  });
}

/** The packed middleware comes from a folder of this repository, where nobody who installs the package from a registry has it. */
function isForOthers(service: Service, { published }: Package): Refusal | undefined {
  if (published === undefined) return undefined;
  return {
    code: 'TW2023',
    why: `${service.name} ${published.value === 'files' ? 'may be' : 'is'} published for others to install (${published.value} in package.json, and no "private": true), and the middleware is not in a registry yet: they could not install the package any more.`,
    next: `Put "private": true into package.json if it is not published, then plan again; else trace the programs that use it.`,
    evidence: published.evidence,
  };
}

/** Bundled into an ES module, the middleware would stop the program as it starts. */
function isClosed(service: Service, { build }: Package): Refusal | undefined {
  if (build?.closed !== true) return undefined;
  const why = `esbuild puts every package that it is not told to leave out into the ES module of ${service.name}; the middleware cannot run there, because it requires modules of Node.js.`;
  const next = 'Add --external:@tracewright/* to the build (in a script: external), or --packages=external, then plan again.';
  return { code: 'TW2023', why, next, evidence: build.evidence };
}

function tracedAlready(pkg: Package, survey: Survey): Refusal | undefined {
  const found = survey.telemetry.find(({ package: dir, vendor, state }) => {
    return dir === pkg.dir && vendor !== 'tracewright' && (state === 'started' || agents.has(vendor));
  });
  if (found === undefined) return undefined;
  const how = found.state === 'started' ? 'is started' : 'is installed';
  return {
    code: 'TW2003',
    why: `${found.vendor} ${how} in this package already; two tracers in one process send broken traces.`,
    next: `Remove ${found.name} first, or keep it and skip this package.`,
    evidence: found.evidence,
  };
}

/** A second copy of the API at another version, or SDK packages of another line, make spans vanish without an error. */
function apiConflict(pkg: Package, cohort: Cohort): Refusal | undefined {
  const clash = pkg.dependencies.find((dependency) => fitOf(dependency, cohort) === 'clashes');
  if (clash === undefined) return undefined;
  const needed = versionIn(cohort, clash.name) ?? '';
  return {
    code: 'TW2023',
    why: `${clash.name} is declared as ${clash.range}, but this Node.js version needs ${needed}; two versions side by side lose spans silently.`,
    next: `Set ${clash.name} to ${needed} or remove it, then plan again.`,
    evidence: clash.evidence,
  };
}

/** What the package manager would install in the place of what is written, or refuse to install at all. */
function overridden(pkg: Package, cohort: Cohort, repo: Repo): Refusal | undefined {
  const found = overrideAgainst(pkg, cohort, repo);
  if (found === undefined) return undefined;
  const { name, field, stated, needed, evidence } = found;
  return {
    code: 'TW2023',
    why: `${field} in ${evidence.file} sets ${name} to ${stated}, but this Node.js version needs ${needed}: the install would fail, or put the other version in its place.`,
    next: `Set it to ${needed} there or remove it, then plan again.`,
    evidence,
  };
}

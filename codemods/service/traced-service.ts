import { parseSource } from '../../src/ast/index.ts';
import { type Cohort, type Coverage, type Covered, cohortFor, coverageOf } from '../../src/cohort/index.ts';
import type { Dependency, Entry, Package, Refused, Repo, Service, Survey } from '../../src/contract/index.ts';
import { type Bootstrap, bootstrapsOf } from './bootstrap.ts';
import { upsetsCompiler } from './declarations.ts';
import { librariesInUse } from './libraries-in-use.ts';
import { packageOf } from './packages.ts';
import { unloadable } from './reachable.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** A service that can be traced, and what with. */
export interface TracedService {
  readonly service: Service;
  readonly pkg: Package;
  readonly cohort: Cohort;
  /** Why this cohort. */
  readonly why: string;
  /** The libraries that run in it, whoever names them. */
  readonly libraries: readonly Dependency[];
  /** Library instrumentations; none when dependencies are bundled, because they could not hook anything. */
  readonly coverage: Coverage;
  /** Instrumentations left out because their type declarations would break the build. */
  readonly withheld: readonly Covered[];
  readonly bootstraps: readonly Bootstrap[];
}

export type Readiness =
  | { readonly status: 'ready'; readonly traced: TracedService }
  | { readonly status: 'refused'; readonly refused: Refused };

const none: Coverage = { covered: [], gaps: [], renamed: [] };

/** Whether a service can be traced, decided from facts alone, so every codemod gets the same answer. */
export function readinessOf(service: Service, survey: Survey, repo: Repo): Readiness {
  const pkg = packageOf(survey, service);
  const dir = service.package;
  const evidence = { file: pkg?.manifest ?? dir, line: 1 };
  if (pkg === undefined) {
    const why = `No package.json was found for ${service.name}.`;
    return { status: 'refused', refused: { dir, code: 'TW2023', why, next: 'Add one, then plan again.', evidence } };
  }
  const bootstraps = bootstrapsOf(service, survey, repo);
  const choice = cohortFor(pkg.node);
  if (choice.status === 'unsupported') {
    const { why, next } = choice;
    return { status: 'refused', refused: { dir, code: 'TW1050', why, next, evidence: pkg.node?.evidence ?? evidence } };
  }
  const isOurs = bootstraps.some((bootstrap) => bootstrap.exists);
  const { cohort } = choice;
  const refusal = isOurs
    ? undefined
    : (refusalOf(service, pkg, survey, cohort, repo) ?? unloadable(service, pkg, bootstraps, cohort, repo));
  if (refusal !== undefined) return { status: 'refused', refused: { dir, ...refusal } };
  const loadable = bootstraps.filter(({ exists, entries }) => exists || entries.some((entry) => faultOf(entry, repo) === undefined));
  const fault =
    loadable.length === 0 ? bootstraps.flatMap(({ entries }) => entries.flatMap((entry) => faultOf(entry, repo) ?? []))[0] : undefined;
  if (fault !== undefined) return { status: 'refused', refused: { dir, ...fault } };
  const bundled = pkg.build?.bundles ?? false;
  const libraries = librariesInUse(pkg, survey, repo);
  const { covered, gaps, renamed } = bundled ? none : coverageOf(cohort, libraries);
  const withheld = covered.filter((each) => upsetsCompiler(each, pkg, repo));
  const coverage = { covered: covered.filter((each) => !withheld.includes(each)), gaps, renamed };
  const { why } = choice;
  return { status: 'ready', traced: { service, pkg, cohort, why, libraries, coverage, withheld, bootstraps: loadable } };
}

/** Why no first statement can be written into an entry, so that nothing would load what else is written. */
function faultOf({ file }: Entry, repo: Repo): Refusal | undefined {
  const text = repo.read(file);
  if (text === undefined) {
    const why = `${file}:1 cannot be read as UTF-8, so nothing can be written into it that loads tracing.`;
    return { code: 'TW2012', why, next: `Convert ${file} to UTF-8, then plan again.`, evidence: { file, line: 1 } };
  }
  const result = parseSource(file, text);
  if (result.status === 'parsed') return undefined;
  const { line, message } = result;
  const why = `${file}:${line} (${message}), so nothing can be written into it that loads tracing.`;
  return { code: 'TW2017', why, next: `Correct ${file}, then plan again.`, evidence: { file, line } };
}

/** Services of the survey that can be traced. */
export function tracedServices(survey: Survey, repo: Repo): readonly TracedService[] {
  return survey.services.flatMap((service) => {
    const readiness = readinessOf(service, survey, repo);
    return readiness.status === 'ready' ? [readiness.traced] : [];
  });
}

import type { Dependency } from '../contract/index.ts';
import { type Instrumentation, instrumentationsOf, isLogger, isReadByMiddleware, mayBe } from '../libraries/index.ts';
import type { Cohort } from './cohorts.ts';

/** A library of a package and the instrumentation that traces it. */
export interface Covered {
  readonly dependency: Dependency;
  readonly name: string;
  readonly exports: string;
  readonly version: string;
  readonly declares?: string;
  /** How ES modules that import the library get its spans; see `Instrumentation`. */
  readonly esm?: 'hook' | 'never';
  readonly needs: Readonly<Record<string, string>>;
}

/** A library that has an instrumentation in this cohort, but not for the version in use. */
export interface Gap {
  readonly dependency: Dependency;
  readonly name: string;
  readonly supports: string;
}

export interface Coverage {
  readonly covered: readonly Covered[];
  readonly gaps: readonly Gap[];
  /** Libraries that are imported by another name, which no instrumentation looks for. */
  readonly renamed: readonly Gap[];
}

/** Which official instrumentations a service needs for the libraries that it uses. A version nobody states is taken as supported: the instrumentation then does nothing at worst. */
export function coverageOf(cohort: Cohort, dependencies: readonly Dependency[]): Coverage {
  const covered = new Map<string, Covered>();
  const gaps: Gap[] = [];
  const renamed: Gap[] = [];
  for (const dependency of runtimeDependencies(dependencies)) {
    const rows = instrumentationsOf(dependency.name).filter(({ cohorts }) => cohorts[cohort.id] !== undefined);
    const isRead = isReadByMiddleware(dependency, false);
    // The instrumentation of a logger changes what it writes; one that the program never named is read as it stands.
    if (isRead && dependency.through !== undefined && isLogger(dependency.name)) continue;
    const row = rows.find((candidate) => isSupported(dependency, candidate.cohorts[cohort.id]?.[1] ?? ''));
    if (rows[0] !== undefined && dependency.as !== undefined) renamed.push(gap(rows, cohort, dependency));
    else if (row !== undefined) covered.set(row.name, covered.get(row.name) ?? cover(row, cohort, dependency));
    else if (rows[0] !== undefined && !isRead) gaps.push(gap(rows, cohort, dependency));
  }
  return { covered: [...covered.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), gaps, renamed };
}

function runtimeDependencies(dependencies: readonly Dependency[]): readonly Dependency[] {
  return dependencies
    .filter((dependency) => dependency.section === 'dependencies' || dependency.section === 'optionalDependencies')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function cover(row: Instrumentation, cohort: Cohort, dependency: Dependency): Covered {
  const version = row.cohorts[cohort.id]?.[0] ?? '';
  const declares = row.declares === undefined ? {} : { declares: row.declares };
  const esm = row.esm === undefined ? {} : { esm: row.esm };
  return { dependency, name: row.name, exports: row.exports, version, ...declares, ...esm, needs: row.needs?.[cohort.id] ?? {} };
}

function gap(rows: readonly Instrumentation[], cohort: Cohort, dependency: Dependency): Gap {
  const supports = rows.map((row) => row.cohorts[cohort.id]?.[1] ?? '').join(' || ');
  return { dependency, name: rows[0]?.name ?? '', supports };
}

/** Without a lock file the newest version of the range gets installed, so it is enough that the two ranges meet. */
function isSupported({ resolved, range }: Dependency, supports: string): boolean {
  return mayBe(resolved ?? range, supports);
}

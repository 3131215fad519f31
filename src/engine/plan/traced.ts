import { type Problem, type Survey, type Telemetry, TracewrightError } from '../../contract/index.ts';
import type { Tree } from './tree.ts';

/** What is left to migrate once packages with somebody else's tracing are taken out. */
export interface Untraced {
  readonly survey: Survey;
  readonly problems: readonly Problem[];
  /** Package folders nobody may look into. */
  readonly closed: readonly string[];
}

/** Takes packages that already start a tracer out of the survey; refuses when none is left. Our own tracing is no obstacle. */
export function withoutTraced(survey: Survey): Untraced {
  const ours = new Set(survey.telemetry.filter(({ vendor }) => vendor === 'tracewright').map((found) => found.package));
  const foreign = survey.telemetry.filter((found) => isForeign(found, ours));
  if (foreign.length === 0) return { survey, problems: [], closed: [] };
  const closed = [...new Set(foreign.map((found) => found.package))].sort();
  const services = survey.services.filter((service) => !isWithin(service.package, closed));
  if (services.length === 0) throw new TracewrightError('TW2003', foreign.map(describe).join('; '));
  return {
    survey: { ...survey, services, packages: survey.packages.filter(({ dir }) => !isWithin(dir, closed)) },
    problems: foreign.map((found) => ({ code: 'TW2019', detail: describe(found), evidence: found.evidence })),
    closed,
  };
}

/** The tree without the folders of packages that are left alone. */
export function closeFolders<T extends Tree>(tree: T, closed: readonly string[]): T {
  if (closed.length === 0) return tree;
  const isOpen = (file: string): boolean => !isWithin(file, closed);
  return {
    ...tree,
    files: tree.files.filter(isOpen),
    mentioning: (needles: readonly string[]) => tree.mentioning(needles).filter(isOpen),
  };
}

function isForeign(found: Telemetry, ours: ReadonlySet<string>): boolean {
  if (found.state !== 'started' || found.vendor === 'tracewright') return false;
  return !(found.vendor === 'opentelemetry' && ours.has(found.package));
}

function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`));
}

function describe({ vendor, evidence }: Telemetry): string {
  return `${vendor} is started at ${evidence.file}:${evidence.line}`;
}

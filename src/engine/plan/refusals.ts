import { type Detection, type Problem, type Refused, type Repo, type Survey, TracewrightError } from '../../contract/index.ts';
import { sourceKind } from './source-file.ts';
import type { Tree } from './tree.ts';

/** Service packages that a codemod refused so far, and what is said about them. */
export interface Refusals {
  readonly survey: Survey;
  readonly refused: Refused[];
  readonly problems: Problem[];
}

/** Nothing is refused yet. */
export function startRefusals(survey: Survey): Refusals {
  return { survey, refused: [], problems: [] };
}

/**
 * The tree and the facts without what belongs to refused packages. A service inside the folder of a refused one stays, and so does what
 * begins with a dot at the root, such as the definition of a CI: it belongs to the repository.
 */
export function closeRefused(repo: Repo, { survey, refused }: Refusals): { readonly repo: Repo; readonly survey: Survey } {
  const closed = new Set(refused.map(({ dir }) => dir));
  if (closed.size === 0) return { repo, survey };
  const services = survey.services.map((service) => service.package).sort((a, b) => b.length - a.length);
  const isOpen = (file: string): boolean =>
    (file.startsWith('.') && sourceKind(file) !== 'source') ||
    !closed.has(services.find((dir) => dir === '' || file.startsWith(`${dir}/`)) ?? '/');
  return {
    repo: {
      files: repo.files.filter(isOpen),
      read: (file) => repo.read(file),
      mentioning: (needles) => repo.mentioning(needles).filter(isOpen),
    },
    survey: {
      ...survey,
      services: survey.services.filter((service) => !closed.has(service.package)),
      packages: survey.packages.filter(({ dir }) => !closed.has(dir)),
    },
  };
}

/** Refusals as problems, for a codemod that has no tasks to say them with. */
export function describeRefused(refused: readonly Refused[]): readonly Problem[] {
  return refused.map(({ code, why, evidence }) => ({ code, detail: why, evidence }));
}

/** One line for each reason, however many services have it; a single service says its own. */
function groupedWhys(refused: readonly Refused[], { services }: Survey): string {
  const nameOf = ({ dir }: Refused): string => services.find((service) => service.package === dir)?.name ?? dir;
  const groups = new Map<string, Refused[]>();
  for (const each of refused) {
    const reason = `${each.code} ${each.why.replaceAll(nameOf(each), '').replace(/\([^()]* in package\.json/, '(package.json')}`;
    groups.set(reason, [...(groups.get(reason) ?? []), each]);
  }
  if (refused.length === 1) return refused[0]?.why ?? '';
  const lines = [...groups.values()].map(([first, ...others]) => {
    const named = others.slice(0, 2).map(nameOf);
    const more = others.length > named.length ? ` and ${others.length - named.length} more` : '';
    return `${first?.why ?? ''}${others.length === 0 ? '' : ` The same holds for ${named.join(more === '' ? ' and ' : ', ')}${more}.`}`;
  });
  return [`${refused.length} services, none of which can be traced (--json lists each)`, ...lines].join('\n');
}

type Unsupported = Extract<Detection<unknown>, { readonly status: 'unsupported' }>;

/** The one error for a repository in which nothing can be traced: what is in the way, or why nothing was found. */
export function refuseAll({ refused = [], why, next }: Unsupported, survey: Survey, tree: Tree): TracewrightError {
  const [first] = refused;
  if (first !== undefined) {
    const reasons = refused.map(({ code, why: own, next: step, evidence }) => ({ code, why: own, next: step, ...evidence }));
    return new TracewrightError(first.code, groupedWhys(refused, survey), { next, reasons });
  }
  const unreadable = survey.problems.find(({ code }) => code === 'TW1003');
  if (unreadable !== undefined) return new TracewrightError('TW1003', unreadable.detail);
  const closed = tree.problems().find(({ detail }) => /(?:^|\/)package\.json$/.test(detail));
  if (closed !== undefined) return new TracewrightError(closed.code, closed.detail);
  const link = tree.outward.find((path) => sourceKind(path) !== 'other');
  if (link !== undefined) return new TracewrightError('TW2007', link);
  const lost = survey.problems.filter(({ code }) => code === 'TW1007' || code === 'TW1010' || code === 'TW1015');
  if (lost.length > 0 && lost.every(({ code }) => code === 'TW1010'))
    return new TracewrightError('TW1010', lost.map(({ detail, evidence }) => `${detail} (${evidence.file}:${evidence.line})`).join(', '));
  const frontEnd = survey.problems.find(({ code }) => code === 'TW1011');
  if (frontEnd !== undefined && lost.length === 0)
    return new TracewrightError('TW1011', `\`${frontEnd.detail}\` in ${frontEnd.evidence.file}`);
  const said = lost.map(({ detail, evidence }) => ` ${evidence.file}:${evidence.line} was not followed to a file (${detail}).`);
  return new TracewrightError('TW2002', why + said.join(''), { next });
}

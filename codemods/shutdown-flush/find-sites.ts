import { isTestFile, lineOf, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Repo, Survey } from '../../src/contract/index.ts';
import { decideExit } from './decide-exit.ts';
import { findRegistrations } from './find-registrations.ts';
import { followHandlers } from './follow-handlers.ts';
import { isServerProgram } from './server-programs.ts';

export const needles: readonly string[] = ['process.exit', 'SIGTERM', 'SIGINT', 'uncaughtException', 'unhandledRejection', 'flushAndExit'];

/** One place to change, or to hand to a person. Offsets are those of `process.exit`, or of a statement that gets a `return`. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly kind: 'flush' | 'flushAndStop' | 'stop' | 'callback' | 'entangled';
}

export function handlerSources(repo: Repo): readonly Source[] {
  return repo.mentioning(needles).flatMap((file) => (isTestFile(file) ? [] : (sourceOf(file, repo.read(file)) ?? [])));
}

/** Every exit of every shutdown handler of the servers of the repository, in the order of files and offsets. */
export function findSites(repo: Repo, survey: Survey): readonly Site[] {
  const sources = handlerSources(repo);
  const registrations = sources.flatMap((source) => {
    const found = findRegistrations(repo, source);
    return found.length > 0 && isServerProgram(repo, survey, source) ? found : [];
  });
  const exits = followHandlers(repo, registrations).filter((each) => !isTestFile(each.source.file));
  const sites = new Map<string, Site>();
  const add = (source: Source, start: number, end: number, kind: Site['kind']): void => {
    const key = `${source.file}:${start}`;
    const known = sites.get(key);
    if (known === undefined || known.kind === 'stop') sites.set(key, { file: source.file, line: lineOf(source, start), start, end, kind });
  };
  for (const exit of exits) {
    const { source, callee } = exit;
    const decision = decideExit(repo, exit);
    if (decision.kind === 'task') {
      add(source, callee.start, callee.end, decision.why);
      continue;
    }
    const ownReturn = decision.returns.some((each) => each.start === callee.start);
    add(source, callee.start, callee.end, ownReturn ? 'flushAndStop' : 'flush');
    for (const each of decision.returns) if (each.start !== callee.start) add(source, each.start, each.start, 'stop');
  }
  return [...sites.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start));
}

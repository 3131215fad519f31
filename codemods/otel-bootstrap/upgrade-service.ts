import type { Repo, Splice } from '../../src/contract/index.ts';
import type { Bootstrap, TracedService } from '../service/index.ts';
import { completeBootstrap } from './complete-bootstrap.ts';
import { laterMiddleware } from './earlier-middleware.ts';
import { reasons } from './reasons.ts';
import { type Upgrade, upgradeBootstrap } from './upgrade-bootstrap.ts';

/** What turns the bootstraps of a service into those of today. */
export function upgradeOf(traced: TracedService, repo: Repo): Upgrade {
  const later = laterMiddleware(traced.pkg);
  if (later !== undefined) return { edits: [], tasks: [{ ...later.evidence, why: reasons.later(later.range), next: reasons.laterNext }] };
  const all = traced.bootstraps.filter(({ exists }) => exists).map((bootstrap) => upgradeOne(bootstrap, traced, repo));
  return { edits: all.flatMap(({ edits }) => edits), tasks: all.flatMap(({ tasks }) => tasks) };
}

function upgradeOne(bootstrap: Bootstrap, traced: TracedService, repo: Repo): Upgrade {
  const { file } = bootstrap;
  const text = repo.read(file) ?? '';
  const upgrade = upgradeBootstrap(bootstrap, inUse(traced, { [file]: text }), repo);
  if (upgrade.tasks.length > 0) return upgrade;
  const completed = completeBootstrap(bootstrap, traced, textWith(text, file, upgrade.edits), repo);
  return completed === undefined ? upgrade : { edits: [completed], tasks: [] };
}

/** The bootstraps of a service as they are, or as these edits leave them. */
export function bootstrapTexts({ bootstraps }: TracedService, edits: readonly Splice[], repo: Repo): Readonly<Record<string, string>> {
  return Object.fromEntries(bootstraps.map(({ file }) => [file, textWith(repo.read(file) ?? '', file, edits)]));
}

function textWith(text: string, file: string, edits: readonly Splice[]): string {
  const own = edits.filter((edit) => edit.file === file).toSorted((a, b) => b.start - a.start);
  return own.reduce((left, { start, end, text: fresh }) => left.slice(0, start) + fresh + left.slice(end), text);
}

/** A bootstrap that is there may have been edited since; what it does not name any more needs no dependency. */
export function inUse(traced: TracedService, texts: Readonly<Record<string, string>>): TracedService {
  const covered = traced.coverage.covered.filter((each) => Object.values(texts).some((text) => text.includes(each.name)));
  return { ...traced, coverage: { ...traced.coverage, covered } };
}

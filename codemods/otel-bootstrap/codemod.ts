import type { Codemod, Create, Draft, Edit, Refused, Repo, Splice, Survey, Task } from '../../src/contract/index.ts';
import { dependencyOf } from '../shared/packages.ts';
import { joinPath } from '../shared/paths.ts';
import { readinessOf, type TracedService } from '../shared/traced-service.ts';
import { bootstrapText } from './bootstrap-text.ts';
import { dockerChanges } from './docker-edits.ts';
import { earlierMiddleware, laterMiddleware } from './earlier-middleware.ts';
import { ignoreEdits } from './ignore-edits.ts';
import { manifestEdits, tarball, vendored, wantedBy } from './manifest-edits.ts';
import { reasons } from './reasons.ts';
import { sideEffectsEdits } from './side-effects.ts';
import { addedTasks, tasksOf } from './tasks.ts';
import { type Upgrade, upgradeBootstrap } from './upgrade-bootstrap.ts';
import { droppedDependencies, replaceTarball, tracingNames } from './upgrade-packages.ts';

/** The package folder of a service that lacks something. */
export interface Site {
  readonly package: string;
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'otel-bootstrap',
    title: 'Add an OpenTelemetry bootstrap to every service',
    description:
      'Creates a short file that starts tracing, adds the OpenTelemetry packages that fit the Node.js version and the libraries in use, and makes Docker images and ignore files carry what was added.',
    kind: 'bootstrap',
    stability: 'experimental',
    scope: 'repository',
    targets: { node: '>=14' },
    mentions: tracingNames,
    after: [],
  },
  expects: [],
  detect(repo, survey) {
    if (survey.services.length === 0) return { status: 'unsupported', why: reasons.noEntry, next: reasons.noEntryNext };
    const all = survey.services.map((service) => readinessOf(service, survey, repo));
    const ready = all.flatMap((readiness) => (readiness.status === 'ready' ? [readiness.traced] : []));
    const refused = all.flatMap((readiness) => (readiness.status === 'refused' ? [readiness.refused] : []));
    const sites = ready
      .filter((traced) => editsFor(traced, repo, survey).length + standingTasks(traced, repo).length > 0)
      .map(({ pkg }) => ({ package: pkg.dir }));
    if (sites.length > 0) return { status: 'applies', sites, refused };
    const [first] = refused;
    if (first !== undefined && ready.length === 0)
      return { status: 'unsupported', why: refused.map(({ why }) => why).join(' '), next: first.next, refused };
    return { status: 'satisfied', why: reasons.done, refused };
  },
  plan(sites, repo, survey) {
    const drafts = survey.services.map((service) => {
      const readiness = readinessOf(service, survey, repo);
      if (readiness.status === 'refused') return { edits: [], tasks: [taskOf(readiness.refused)] };
      return sites.some((site) => site.package === service.package) ? draftFor(readiness.traced, repo, survey) : { edits: [], tasks: [] };
    });
    return { edits: drafts.flatMap((draft) => draft.edits), tasks: drafts.flatMap((draft) => draft.tasks) };
  },
};

export default codemod;

function taskOf({ evidence, why, next }: Refused): Task {
  return { ...evidence, why, next };
}

function draftFor(traced: TracedService, repo: Repo, survey: Survey): Draft {
  const docker = dockerChanges(traced, survey.dockerfiles, repo);
  const tasks: readonly Task[] = [...tasksOf(traced, survey, repo), ...standingTasks(traced, repo), ...docker.tasks];
  return { edits: editsFor(traced, repo, survey), tasks };
}

/** Tasks that stay until a person has done them. */
function standingTasks(traced: TracedService, repo: Repo): readonly Task[] {
  return [...addedTasks(traced, repo), ...upgradeOf(traced, repo).tasks];
}

function editsFor(traced: TracedService, repo: Repo, survey: Survey): readonly Edit[] {
  if (laterMiddleware(traced.pkg) !== undefined) return [];
  const { pkg, bootstraps } = traced;
  const files: Create[] = bootstraps
    .filter((bootstrap) => !bootstrap.exists)
    .map((bootstrap) => ({
      kind: 'create',
      file: bootstrap.file,
      text: bootstrapText(bootstrap, traced, repo),
      why: reasons.bootstrap(traced),
    }));
  const isNew = files.length > 0;
  const packed = joinPath(pkg.dir, vendored);
  const isWanted =
    isNew || earlierMiddleware(pkg) !== undefined || dependencyOf(pkg, '@tracewright/middleware')?.range === `file:${vendored}`;
  if (isWanted && !repo.files.includes(packed)) files.push({ kind: 'create', file: packed, asset: tarball, why: reasons.tarball });
  const upgrades = upgradeEdits(isNew ? traced : inUse(traced, repo), repo, survey);
  if (!isNew) return [...files, ...upgrades];
  const created = files.map(({ file }) => file);
  return [
    ...files,
    ...upgrades,
    ...dockerChanges(traced, survey.dockerfiles, repo).edits,
    ...ignoreEdits(created, survey.dockerfiles, repo),
  ];
}

/** Dependencies, and what turns the files of an earlier version into those of today. */
function upgradeEdits(traced: TracedService, repo: Repo, survey: Survey): readonly Edit[] {
  const { edits } = upgradeOf(traced, repo);
  const texts = Object.fromEntries(traced.bootstraps.map(({ file }) => [file, textWith(repo.read(file) ?? '', file, edits)]));
  const wanted = new Set(wantedBy(traced).map(({ name }) => name));
  const isOurs = traced.bootstraps.some(({ exists }) => exists);
  return [
    ...edits,
    ...sideEffectsEdits(traced, repo),
    ...manifestEdits(traced),
    ...(isOurs ? droppedDependencies(traced, wanted, texts, repo) : []),
    ...replaceTarball(traced, repo, survey),
  ];
}

function upgradeOf(traced: TracedService, repo: Repo): Upgrade {
  const later = laterMiddleware(traced.pkg);
  if (later !== undefined) return { edits: [], tasks: [{ ...later.evidence, why: reasons.later(later.range), next: reasons.laterNext }] };
  const all = traced.bootstraps.filter(({ exists }) => exists).map((bootstrap) => upgradeBootstrap(bootstrap, inUse(traced, repo), repo));
  return { edits: all.flatMap(({ edits }) => edits), tasks: all.flatMap(({ tasks }) => tasks) };
}

/** A text after the splices of its file. */
function textWith(text: string, file: string, edits: readonly Splice[]): string {
  const own = edits.filter((edit) => edit.file === file).toSorted((a, b) => b.start - a.start);
  return own.reduce((left, { start, end, text: fresh }) => left.slice(0, start) + fresh + left.slice(end), text);
}

/** A bootstrap that is there may have been edited since; what it does not name any more needs no dependency. */
function inUse(traced: TracedService, repo: Repo): TracedService {
  const texts = traced.bootstraps.map((bootstrap) => repo.read(bootstrap.file) ?? '');
  const covered = traced.coverage.covered.filter((each) => texts.some((text) => text.includes(each.name)));
  return { ...traced, coverage: { ...traced.coverage, covered } };
}

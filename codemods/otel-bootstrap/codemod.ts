import type { Codemod, Create, Draft, Edit, Refused, Repo, Survey, Task } from '../../src/contract/index.ts';
import { joinPath } from '../kit/index.ts';
import { dependencyOf, readinessOf, statedJobs, statedRequest, statedRoutes, type TracedService } from '../service/index.ts';
import { bootstrapText } from './bootstrap-text.ts';
import { nodeNeedles } from './dark-sites.ts';
import { dockerChanges } from './docker-edits.ts';
import { earlierMiddleware, laterMiddleware } from './earlier-middleware.ts';
import { dockerIgnoreEdits, ignoreEdits } from './ignore-edits.ts';
import { keptModules } from './kept-modules.ts';
import { libraryAnswers } from './library-answers.ts';
import { manifestEdits, tarball, vendored, wantedBy } from './manifest-edits.ts';
import { reasons } from './reasons.ts';
import { sideEffectsEdits } from './side-effects.ts';
import { addedTasks, tasksOf } from './tasks.ts';
import { droppedDependencies, replaceTarball, tracingNames } from './upgrade-packages.ts';
import { bootstrapTexts, inUse, upgradeOf } from './upgrade-service.ts';

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
    scope: 'repository',
    targets: { node: '>=14' },
    mentions: [...tracingNames, ...nodeNeedles],
    after: [],
  },
  expects: [],
  detect(repo, survey) {
    if (survey.services.length === 0) return { status: 'unsupported', why: reasons.noEntry, next: reasons.noEntryNext };
    const all = survey.services.map((service) => readinessOf(service, survey, repo));
    const ready = all.flatMap((readiness) => (readiness.status === 'ready' ? [readiness.traced] : []));
    const refused = all.flatMap((readiness) => (readiness.status === 'refused' ? [readiness.refused] : []));
    const libraries = ready.flatMap((traced) => libraryAnswers(traced, survey, repo));
    const sites = ready
      .filter((traced) => editsFor(traced, repo, survey).length + standingTasks(traced, repo).length > 0)
      .map(({ pkg }) => ({ package: pkg.dir }));
    if (sites.length > 0) return { status: 'applies', sites, refused, libraries };
    const [first] = refused;
    if (first !== undefined && ready.length === 0)
      return { status: 'unsupported', why: refused.map(({ why }) => why).join(' '), next: first.next, refused };
    return { status: 'satisfied', why: reasons.done, refused, libraries };
  },
  plan(sites, repo, survey) {
    const drafts = survey.services.map((service) => {
      const readiness = readinessOf(service, survey, repo);
      if (readiness.status === 'refused') return { edits: [], tasks: [taskOf(readiness.refused)] };
      return sites.some((site) => site.package === service.package) ? draftFor(readiness.traced, repo, survey) : { edits: [], tasks: [] };
    });
    return { edits: drafts.flatMap((draft) => draft.edits), tasks: drafts.flatMap((draft) => draft.tasks) };
  },
  routes: statedRoutes,
  requestOf: statedRequest,
  jobs: statedJobs,
};

export default codemod;

function taskOf({ evidence, why, next }: Refused): Task {
  return { ...evidence, why, next };
}

function draftFor(traced: TracedService, repo: Repo, survey: Survey): Draft {
  const docker = dockerChanges(traced, survey.dockerfiles, repo, isVendored(traced));
  const tasks: readonly Task[] = [
    ...tasksOf(traced, survey, repo),
    ...standingTasks(traced, repo),
    ...docker.tasks,
    ...keptModules(traced, survey),
  ];
  return { edits: editsFor(traced, repo, survey), tasks };
}

/** Tasks that stay until a person has done them. */
function standingTasks(traced: TracedService, repo: Repo): readonly Task[] {
  const { edits, tasks } = upgradeOf(traced, repo);
  return [...addedTasks(traced, bootstrapTexts(traced, edits, repo), repo), ...tasks];
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
  const isWanted = isVendored(traced);
  if (isWanted && !repo.files.includes(packed)) files.push({ kind: 'create', file: packed, asset: tarball, why: reasons.tarball });
  const upgrades = upgradeEdits(traced, isNew, repo, survey);
  // A Dockerfile or .dockerignore that came after the migration needs what the others got.
  // Lines that name the packed file of an earlier version are renamed.
  const carried = [...bootstraps.map(({ file }) => file), ...(isWanted && earlierMiddleware(pkg) === undefined ? [packed] : [])];
  return [
    ...files,
    ...upgrades,
    ...dockerChanges(traced, survey.dockerfiles, repo, isWanted).edits,
    ...(isNew
      ? ignoreEdits(
          files.map(({ file }) => file),
          survey.dockerfiles,
          repo,
        )
      : []),
    ...(isNew ? [] : dockerIgnoreEdits(carried, survey.dockerfiles, repo)),
  ];
}

/** True when the middleware comes, or is to come, from a packed file in the service's folder. */
function isVendored({ pkg, bootstraps }: TracedService): boolean {
  const declared = dependencyOf(pkg, '@tracewright/middleware');
  if (declared === undefined || bootstraps.some(({ exists }) => !exists) || earlierMiddleware(pkg) !== undefined) return true;
  return declared.range === `file:${vendored}`;
}

/** Dependencies, and what turns the files of an earlier version into those of today. */
function upgradeEdits(traced: TracedService, isNew: boolean, repo: Repo, survey: Survey): readonly Edit[] {
  const { edits } = upgradeOf(traced, repo);
  const texts = bootstrapTexts(traced, edits, repo);
  const used = isNew ? traced : inUse(traced, texts);
  const wanted = new Set(wantedBy(used).map(({ name }) => name));
  const isOurs = traced.bootstraps.some(({ exists }) => exists);
  return [
    ...edits,
    ...sideEffectsEdits(used, repo),
    ...manifestEdits(used),
    ...(isOurs ? droppedDependencies(used, wanted, texts, repo) : []),
    ...replaceTarball(used, repo, survey),
  ];
}

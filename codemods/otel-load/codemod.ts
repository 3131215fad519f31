import type { Codemod, Dockerfile, Draft, Entry, Mount, Repo, Survey, Task } from '../../src/contract/index.ts';
import { takeSurvey } from '../../src/survey/index.ts';
import {
  type Bootstrap,
  hookedModules,
  hooksLoader,
  imageWithout,
  isHoisted,
  isReachable,
  mountWithout,
  needsHook,
  type TracedService,
  tracedServices,
} from '../service/index.ts';
import { firstLine } from './first-line.ts';
import { dropFlags, launchFlags } from './launch-flags.ts';
import { reasons } from './reasons.ts';

/** The package folder of a service with an entry or a launch that does not load its bootstrap. */
export interface Site {
  readonly package: string;
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'otel-load',
    title: 'Load tracing before everything else',
    description:
      'Makes the bootstrap the first thing that every entry file loads, and adds --import to every launch whose ES module imports must be hooked.',
    kind: 'launch',
    scope: 'repository',
    targets: { node: '>=14' },
    mentions: [],
    after: ['otel-bootstrap'],
  },
  expects: [],
  detect(repo, survey) {
    const services = loadable(survey, repo);
    if (services.length === 0) return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
    const drafts = draftsOf(services, repo, survey);
    const sites = services.filter((_service, index) => hasWork(drafts[index])).map(({ pkg }) => ({ package: pkg.dir }));
    return sites.length === 0 ? { status: 'satisfied', why: reasons.done } : { status: 'applies', sites };
  },
  plan(sites, repo, survey) {
    const services = loadable(survey, repo).filter(({ pkg }) => sites.some((site) => site.package === pkg.dir));
    const drafts = draftsOf(services, repo, survey);
    return { edits: drafts.flatMap((draft) => draft.edits), tasks: drafts.flatMap((draft) => draft.tasks) };
  },
};

export default codemod;

function hasWork(draft: Draft | undefined): boolean {
  return draft !== undefined && draft.edits.length + draft.tasks.length > 0;
}

/** Services whose bootstraps are there; loading a missing file would stop the program. */
function loadable(survey: Survey, repo: Repo): readonly TracedService[] {
  return tracedServices(survey, repo)
    .map((traced) => ({ ...traced, bootstraps: traced.bootstraps.filter((bootstrap) => bootstrap.exists) }))
    .filter(({ bootstraps }) => bootstraps.length > 0);
}

/** Earlier edits move the places where flags go, so those are read again on the draft. */
function draftsOf(services: readonly TracedService[], repo: Repo, survey: Survey): readonly Draft[] {
  const haveFlags = services.some(
    (traced) =>
      traced.service.launches.some(({ preloads = [] }) => preloads.length > 0) ||
      traced.bootstraps.some((bootstrap) => needsFlag(traced, bootstrap, repo)),
  );
  const isCarried = services.every((traced) =>
    traced.bootstraps.every((bootstrap) => leftBehind(traced, bootstrap, survey, repo).length === 0),
  );
  const current = haveFlags || !isCarried ? takeSurvey(repo) : survey;
  return services.map((traced) => {
    const drafts = traced.bootstraps.flatMap((bootstrap) => draftsFor(traced, bootstrap, current, repo));
    return { edits: drafts.flatMap((draft) => draft.edits), tasks: drafts.flatMap((draft) => draft.tasks) };
  });
}

function draftsFor(traced: TracedService, bootstrap: Bootstrap, survey: Survey, repo: Repo): readonly Draft[] {
  const launches = survey.services.find((service) => service.package === traced.pkg.dir)?.launches ?? [];
  const isPreloaded = needsFlag(traced, bootstrap, repo);
  const hooked = hookedModules(traced);
  const libraries = hooked.length > 0 ? hooked : traced.coverage.covered.map((covered) => covered.dependency.name);
  const why = isHoisted(bootstrap, traced.pkg) ? reasons.hoisted : reasons.flag(libraries);
  const flags = isPreloaded
    ? launchFlags(launches, { bootstrap, libraries, why, pkg: traced.pkg, dockerfiles: survey.dockerfiles, repo })
    : dropFlags(launches, bootstrap, repo);
  // In a bundle the line serves whoever starts it without the flag, but it would hook imports a second time, and webpack writes the folder of
  // the machine that builds it where the bootstrap asks for its own. Where no launch takes the flag, the line is all there is.
  const isWebpack = traced.pkg.build?.tool === 'webpack';
  const takesNone = flags.edits.length === 0 && flags.tasks.length > 0;
  const isFlagAlone = isHoisted(bootstrap, traced.pkg) && (isWebpack || isHooked(traced, bootstrap, repo)) && !takesNone;
  const reachable = isFlagAlone ? [] : bootstrap.entries.filter((entry) => isReachable(entry, bootstrap, traced.pkg, repo));
  const left = leftBehind(traced, bootstrap, survey, repo);
  const lines = reachable.map((entry) => {
    const task = left.find((each) => each.entry === entry)?.task;
    const line = firstLine(entry, bootstrap, isPreloaded, repo);
    return task === undefined || line.edits.length === 0 ? line : { edits: [], tasks: [task] };
  });
  return [...lines, flags];
}

interface LeftBehind {
  readonly entry: Entry;
  readonly task: Task;
}

/** Entries that some image or container has without the bootstrap: a first line would stop them there. */
function leftBehind({ pkg, service }: TracedService, bootstrap: Bootstrap, survey: Survey, repo: Repo): readonly LeftBehind[] {
  const launches = survey.services.find((each) => each.package === pkg.dir)?.launches ?? service.launches;
  return bootstrap.entries
    .filter((entry) => isReachable(entry, bootstrap, pkg, repo))
    .flatMap((entry) => {
      const image = imageWithout(entry, bootstrap, pkg, launches, survey.dockerfiles, repo);
      const mount = mountWithout(entry, bootstrap.file, launches, survey, repo);
      const task = image === undefined ? mount && leftUnmounted(entry, bootstrap, mount) : leftOut(entry, bootstrap, image);
      return task === undefined ? [] : [{ entry, task }];
    });
}

function leftOut({ file }: Entry, bootstrap: Bootstrap, image: Dockerfile): Task {
  const why = reasons.leftBehind(file, bootstrap.file, image.file);
  return { file: image.file, line: 1, why, next: reasons.leftBehindNext(bootstrap.file) };
}

function leftUnmounted({ file }: Entry, bootstrap: Bootstrap, { service, evidence }: Mount): Task {
  return { ...evidence, why: reasons.unmounted(file, bootstrap.file, service), next: reasons.unmountedNext(bootstrap.file) };
}

function needsFlag(traced: TracedService, bootstrap: Bootstrap, repo: Repo): boolean {
  // Node.js has --import since it can hook imports: an older one would not start with it.
  if (bootstrap.form !== 'loader' || traced.cohort.hook === undefined) return false;
  if (isHooked(traced, bootstrap, repo) || isHoisted(bootstrap, traced.pkg)) return true;
  return bootstrap.entries.some((entry) => !isReachable(entry, bootstrap, traced.pkg, repo));
}

/** A bootstrap that somebody edited may hook the loader for a library that nobody else knows of. */
function isHooked(traced: TracedService, bootstrap: Bootstrap, repo: Repo): boolean {
  return needsHook(traced, bootstrap) || hooksLoader(bootstrap, repo);
}

import type { Codemod, Create, Draft, Edit, Refused, Repo, Survey, Task } from '../../src/contract/index.ts';
import { joinPath } from '../shared/paths.ts';
import { readinessOf, type TracedService } from '../shared/traced-service.ts';
import { bootstrapText } from './bootstrap-text.ts';
import { dockerChanges } from './docker-edits.ts';
import { ignoreEdits } from './ignore-edits.ts';
import { manifestEdits, tarball, vendored } from './manifest-edits.ts';
import { reasons } from './reasons.ts';
import { addedTasks, tasksOf } from './tasks.ts';

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
    mentions: [],
    after: [],
  },
  expects: [],
  detect(repo, survey) {
    if (survey.services.length === 0) return { status: 'unsupported', why: reasons.noEntry, next: reasons.noEntryNext };
    const all = survey.services.map((service) => readinessOf(service, survey, repo));
    const ready = all.flatMap((readiness) => (readiness.status === 'ready' ? [readiness.traced] : []));
    const refused = all.flatMap((readiness) => (readiness.status === 'refused' ? [readiness.refused] : []));
    const sites = ready
      .filter((traced) => editsFor(traced, repo, survey).length + addedTasks(traced, repo).length > 0)
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
  const tasks: readonly Task[] = [...tasksOf(traced, survey, repo), ...addedTasks(traced, repo), ...docker.tasks];
  return { edits: editsFor(traced, repo, survey), tasks };
}

function editsFor(traced: TracedService, repo: Repo, survey: Survey): readonly Edit[] {
  const { pkg, bootstraps } = traced;
  const files: Create[] = bootstraps
    .filter((bootstrap) => !bootstrap.exists)
    .map((bootstrap) => ({
      kind: 'create',
      file: bootstrap.file,
      text: bootstrapText(bootstrap, traced, repo),
      why: reasons.bootstrap(traced),
    }));
  const packed = joinPath(pkg.dir, vendored);
  const isNew = bootstraps.some((bootstrap) => !bootstrap.exists);
  if (isNew && !repo.files.includes(packed)) files.push({ kind: 'create', file: packed, asset: tarball, why: reasons.tarball });
  if (!isNew) return manifestEdits(inUse(traced, repo));
  const created = files.map(({ file }) => file);
  return [
    ...files,
    ...manifestEdits(traced),
    ...dockerChanges(traced, survey.dockerfiles, repo).edits,
    ...ignoreEdits(created, survey.dockerfiles, repo),
  ];
}

/** A bootstrap that is there may have been edited since; what it does not name any more needs no dependency. */
function inUse(traced: TracedService, repo: Repo): TracedService {
  const texts = traced.bootstraps.map((bootstrap) => repo.read(bootstrap.file) ?? '');
  const covered = traced.coverage.covered.filter((each) => texts.some((text) => text.includes(each.name)));
  return { ...traced, coverage: { ...traced.coverage, covered } };
}

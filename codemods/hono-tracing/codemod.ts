import { isTestFile, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Repo, Survey } from '../../src/contract/index.ts';
import { versionsFor } from '../../src/libraries/index.ts';
import { addSplice, editFile, finishFile, importBefore, importName, wantsImportEquals } from '../kit/index.ts';
import { hasTargetVersion, isBuildOutput, leaveUnreachable } from '../service/index.ts';
import { reasons } from './reasons.ts';
import { type Served, servedApps } from './served-apps.ts';

/** A file that serves an app which is not traced. */
export interface Site {
  readonly file: string;
}

const hono = versionsFor('hono');
const needles = ['@hono/node-server'];

const codemod: Codemod<Site> = {
  meta: {
    id: 'hono-tracing',
    title: 'Name server spans after Hono routes',
    description:
      'Gives the app that @hono/node-server serves to traceHono, so that server spans carry the route and the error of each request. The app stays the object it is.',
    kind: 'server',
    scope: 'file',
    targets: { hono },
    mentions: needles,
    after: [],
  },
  expects: [
    {
      kind: 'SERVER',
      name: '^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /',
      why: 'Server spans of a Hono app are named after their route.',
    },
  ],
  detect(repo, survey) {
    const served = sourcesIn(repo, survey).map((source) => servedApps(source));
    const sites = served.filter((apps) => apps.some(({ state }) => state !== 'traced')).flatMap(([first]) => (first ? [first] : []));
    if (sites.length > 0) return { status: 'applies', sites: sites.map(({ source }) => ({ file: source.file })) };
    if (served.flat().length > 0) return { status: 'satisfied', why: reasons.satisfied };
    return { status: 'unsupported', why: reasons.noServer, next: reasons.noServerNext };
  },
  plan(sites, repo, survey) {
    const files = sites
      .flatMap(({ file }) => sourceOf(file, repo.read(file)) ?? [])
      .map((source) => ({ source, apps: servedApps(source) }));
    const edits = files.flatMap(({ source, apps }) => editsOf(source, apps, repo));
    const tasks = files.flatMap(({ source, apps }) =>
      apps.flatMap(({ state, line }) =>
        state === 'unknown' ? [{ file: source.file, line, why: reasons.unknown, next: reasons.unknownNext }] : [],
      ),
    );
    return leaveUnreachable({ edits, tasks }, repo, survey);
  },
};

export default codemod;

function sourcesIn(repo: Repo, survey: Survey): readonly Source[] {
  return repo.mentioning(needles).flatMap((file) => {
    if (isTestFile(file) || isBuildOutput(file, survey) || !hasTargetVersion(survey, file, 'hono', hono)) return [];
    return sourceOf(file, repo.read(file)) ?? [];
  });
}

function editsOf(source: Source, apps: readonly Served[], repo: Repo): ReturnType<typeof finishFile> {
  const edits = editFile(source, '@tracewright/middleware/hono', reasons.load, wantsImportEquals(source, repo));
  for (const { state, app, call } of apps) {
    if (state !== 'plain' || app === undefined) continue;
    const name = importName(edits, 'traceHono', importBefore(source, call, needles));
    addSplice(edits, app.start, `${name}(`, reasons.trace);
    addSplice(edits, app.end, ')', reasons.trace);
  }
  return finishFile(edits);
}

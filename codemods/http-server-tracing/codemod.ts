import { isTestFile, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Repo, Survey } from '../../src/contract/index.ts';
import { isBuildOutput, leaveUnreachable } from '../service/index.ts';
import { findHandlers } from './find-handlers.ts';
import { openHandlers, planFile, routesIn, upgradesOf } from './plan-file.ts';
import { reasons } from './reasons.ts';

/** A file with a raw request handler that is not wrapped, or wrapped as earlier versions did. */
export interface Site {
  readonly file: string;
}

const needles = ['createServer', 'Server('];

function serverSources(repo: Repo, survey: Survey): readonly Source[] {
  return repo
    .mentioning(needles)
    .flatMap((file) => (isTestFile(file) || isBuildOutput(file, survey) ? [] : (sourceOf(file, repo.read(file)) ?? [])));
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'http-server-tracing',
    title: 'Name server spans of plain node:http servers',
    description:
      'Wraps the request handlers of node:http and node:https servers in traceHttp, with the routes that the handler, and what it hands the request to, compares the path with or a router was given. Frameworks that run on such a server are left alone.',
    kind: 'server',
    scope: 'file',
    targets: {},
    mentions: needles,
    after: [],
  },
  expects: [{ kind: 'SERVER', name: '^[A-Z]+( /|$)', why: 'A plain node:http server makes one server span for each request.' }],
  detect(repo, survey) {
    const sources = serverSources(repo, survey);
    const sites = sources.flatMap((source) =>
      openHandlers(repo, source).length > 0 || upgradesOf(repo, source).length > 0 ? [{ file: source.file }] : [],
    );
    if (sites.length > 0) return { status: 'applies', sites };
    const isDone = sources.some((source) => findHandlers(repo, source).some(({ kind }) => kind.kind === 'ours'));
    if (isDone) return { status: 'satisfied', why: reasons.satisfied };
    return { status: 'unsupported', why: reasons.noServer, next: reasons.noServerNext };
  },
  plan(sites, repo, survey) {
    const planned = sites.flatMap(({ file }) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined ? [] : [planFile(repo, survey, source)];
    });
    const edits = planned.flatMap((each) => each.edits);
    const tasks = planned.flatMap((each) => each.tasks);
    return leaveUnreachable({ edits, tasks, routes: planned.flatMap((each) => each.routes) }, repo, survey);
  },
  routes: (repo, survey) => serverSources(repo, survey).flatMap((source) => routesIn(repo, survey, source)),
};

export default codemod;

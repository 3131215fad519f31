import { type Definition, lineOf, type Node, resolveValue, type Source, unwrap } from '../../src/ast/index.ts';
import type { Repo, Route, Splice, Survey, Task } from '../../src/contract/index.ts';
import { addSplice, editFile, type FileEdits, finishFile, importBefore, importName, nameInPlace, wantsImportEquals } from '../kit/index.ts';
import { serviceNameOf } from '../service/index.ts';
import { findHandlers, type Handler } from './find-handlers.ts';
import { findRoutes } from './find-routes.ts';
import { handlerKind } from './handler-kind.ts';
import { reasons } from './reasons.ts';
import type { FoundRoute } from './route-tables.ts';
import { routesText, upgradeCall } from './routes-text.ts';

const middleware = '@tracewright/middleware/http';

/** Handlers that are left to wrap or to hand to a person. */
export function openHandlers(repo: Repo, source: Source): readonly Handler[] {
  return findHandlers(repo, source).filter(({ kind }) => kind.kind === 'plain' || kind.kind === 'unknown');
}

/** What earlier versions wrote and is written in another form today. */
export function upgradesOf(repo: Repo, source: Source): readonly Splice[] {
  return findHandlers(repo, source).flatMap(({ kind, node }) => {
    const call = unwrap(node);
    return kind.kind === 'ours' && call.type === 'CallExpression' ? (upgradeCall(source, call) ?? []) : [];
  });
}

/** Edits, tasks and routes for one file. */
export function planFile(
  repo: Repo,
  survey: Survey,
  source: Source,
): { edits: readonly Splice[]; tasks: readonly Task[]; routes: readonly Route[] } {
  const edits = editFile(source, middleware, reasons.load, wantsImportEquals(source, repo));
  const tasks: Task[] = [];
  const routes: Route[] = [];
  for (const handler of openHandlers(repo, source)) {
    const { kind, node } = handler;
    const task = { file: source.file, line: lineOf(source, node.start) };
    if (kind.kind !== 'plain') tasks.push({ ...task, why: reasons.unknown, next: reasons.unknownNext });
    else {
      const found = findRoutes(repo, source, node, kind.definition);
      wrap(edits, handler, [...new Set(found.map((each) => each.template))]);
      routes.push(...found.flatMap((each) => routeOf(survey, source, each)));
    }
  }
  return { edits: [...finishFile(edits), ...upgradesOf(repo, source)], tasks, routes };
}

const modules: readonly string[] = ['http', 'https', 'node:http', 'node:https'];

function wrap(edits: FileEdits, { call, node }: Handler, templates: readonly string[]): void {
  const { source } = edits;
  const like = importBefore(source, call, modules);
  const isTooLate = like === undefined || (like.kind !== 'import' && like.statement.end > call.start);
  const name = isTooLate ? nameInPlace(edits, 'traceHttp') : importName(edits, 'traceHttp', like);
  const why = templates.length > 0 ? reasons.wrapWithRoutes : reasons.wrap;
  addSplice(edits, node.start, `${name}(`, why);
  addSplice(edits, node.end, `${routesText(source, node, templates)})`, why);
}

function routeOf(survey: Survey, source: Source, { method = 'GET', template, file, line }: FoundRoute): readonly Route[] {
  if (method === 'unknown' || template.endsWith('*')) return [];
  return [{ service: serviceNameOf(survey, source.file), method, path: template, evidence: { file, line } }];
}

/** Routes of every handler of a file, wrapped or not. */
export function routesIn(repo: Repo, survey: Survey, source: Source): readonly Route[] {
  return findHandlers(repo, source).flatMap((handler) => {
    const open = handler.kind.kind === 'ours' ? wrapped(repo, source, handler.node) : { source, node: handler.node };
    const kind = open && handlerKind(repo, open.source, open.node);
    if (open === undefined || kind?.kind !== 'plain') return [];
    return findRoutes(repo, open.source, open.node, kind.definition).flatMap((each) => routeOf(survey, source, each));
  });
}

/** What was given to `traceHttp`. */
function wrapped(repo: Repo, source: Source, node: Node): Definition | undefined {
  const found = resolveValue(repo, source, node);
  const call = found && unwrap(found.node);
  const [inner] = call?.type === 'CallExpression' ? call.arguments : [];
  return found && inner && { source: found.source, node: inner };
}

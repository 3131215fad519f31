import {
  type CallExpression,
  lineOf,
  type Node,
  nodesOf,
  quoted,
  type Source,
  semicolon,
  sourceOf,
  statementOf,
  staticString,
  styleOf,
} from '../../ast/index.ts';
import type { Edit, Task } from '../../contract/index.ts';
import { libraryOf } from '../../libraries/index.ts';
import type { Addition, Facts } from './facts.ts';
import { handlerText, type Words } from './handler-text.ts';
import { addTest } from './service-test.ts';
import { askAlso } from './setup-file.ts';

/** A registered route, as it stands in a file. */
interface Registration {
  readonly source: Source;
  readonly call: CallExpression;
  readonly statement: Node;
}

/** A route beside the last one of the service, in its manner; a request for it, and a test. */
export function addRoute(facts: Facts, subject: string): Addition {
  const [method, path] = subject.includes(' ') ? (subject.split(' ') as [string, string]) : (['GET', subject] as const);
  const asked = path.replaceAll(/:(\w+)/g, '1');
  const [handlers] = facts.package.dependencies.flatMap(({ name }) => libraryOf(name)?.handlers ?? []);
  const neighbour = handlers === undefined ? undefined : lastRegistration(facts, method);
  const request = askAlso(facts, `${method} ${asked}`, `Asks ${method} ${path}, for its golden trace.`);
  const tasks: Task[] = [];
  if (facts.routes.some((route) => route.method === method && route.path === path))
    return { edits: [], tasks: [taskAt(facts, `${method} ${path} is there already`, 'Give another path.')] };
  if (neighbour === undefined || handlers === undefined)
    tasks.push(
      taskAt(
        facts,
        `No route of Express, Fastify, Koa or Hono was found to put ${path} beside`,
        `Write the handler of ${method} ${path} yourself.`,
      ),
    );
  if (request === undefined)
    tasks.push({
      file: 'tracewright.yaml',
      line: 1,
      why: 'Its scenarios have another form',
      next: `Add the request ${method} ${asked} to one of them.`,
    });
  const handler = neighbour === undefined || handlers === undefined ? [] : [handlerEdit(neighbour, { handlers, method, path })];
  const test = handler.length === 0 || method !== 'GET' ? undefined : addTest(facts, path, asked);
  return { edits: [...handler, ...[request ?? []].flat(), ...[test ?? []].flat()], tasks };
}

function taskAt(facts: Facts, why: string, next: string): Task {
  const [route] = facts.routes;
  return { file: route?.evidence.file ?? facts.package.manifest, line: route?.evidence.line ?? 1, why, next };
}

/** The last of the routes in the file that has most of them; rather one of the same method. */
function lastRegistration({ repo, routes }: Facts, method: string): Registration | undefined {
  const counts = new Map<string, number>();
  for (const { evidence } of routes) counts.set(evidence.file, (counts.get(evidence.file) ?? 0) + 1);
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const source = most === undefined ? undefined : sourceOf(most[0], repo.read(most[0]));
  if (most === undefined || source === undefined) return undefined;
  const lines = new Set(routes.flatMap(({ evidence }) => (evidence.file === most[0] ? [evidence.line] : [])));
  const found = nodesOf(source).flatMap((node): readonly Registration[] => {
    if (node.type !== 'CallExpression' || !lines.has(lineOf(source, node.start))) return [];
    const { callee, arguments: given } = node;
    if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier' || given[0] === undefined) return [];
    const statement = statementOf(source, node);
    const isPlain = staticString(given[0]) !== undefined && statement?.type === 'ExpressionStatement';
    return isPlain ? [{ source, call: node, statement }] : [];
  });
  const alike = found.filter(({ call }) => methodOf(call) === method.toLowerCase());
  return alike.at(-1) ?? found.at(-1);
}

function methodOf({ callee }: CallExpression): string {
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
}

/** After the neighbour, as far from it as that is from the one before. */
function handlerEdit({ source, call, statement }: Registration, asked: Pick<Words, 'handlers' | 'method' | 'path'>): Edit {
  const { text } = source;
  const style = styleOf(source);
  const line = text.lastIndexOf('\n', statement.start - 1) + 1;
  const indent = /^[\t ]*/.exec(text.slice(line))?.[0] ?? '';
  const receiver = call.callee.type === 'MemberExpression' ? text.slice(call.callee.object.start, call.callee.object.end) : 'app';
  const handler = handlerText({
    ...asked,
    receiver,
    style,
    params: paramsOf(source, call),
    isTyped: /\.[cm]?ts$/.test(source.file),
    quoted: (value) => quoted(style, value),
    end: semicolon(style),
  });
  const isApart = /\n[\t ]*\r?\n[\t ]*$/.test(text.slice(0, statement.start));
  const body = handler
    .split('\n')
    .map((each) => `${indent}${each}`)
    .join('\n');
  const gap = isApart ? '\n\n' : '\n';
  const why = `Answers ${asked.method} ${asked.path}.`;
  return { kind: 'splice', file: source.file, start: statement.end, end: statement.end, text: gap + body, why };
}

/** What the neighbour calls its parameters. */
function paramsOf({ text }: Source, call: CallExpression): readonly string[] {
  const handler = call.arguments.at(-1);
  if (handler?.type !== 'ArrowFunctionExpression' && handler?.type !== 'FunctionExpression') return [];
  return handler.params.flatMap((param) =>
    param.type === 'Identifier' ? [text.slice(param.start, param.start + param.name.length).replace(/^_/, '')] : [],
  );
}

import {
  bindingOf,
  type Call,
  callsOf,
  enclosingFunction,
  importsOf,
  lineOf,
  type Node,
  originOf,
  parentOf,
  propertyName,
  type Source,
  sourceOf,
  unwrap,
} from '../../src/ast/index.ts';
import type { Evidence, LibraryAnswer, Repo, Survey } from '../../src/contract/index.ts';
import { libraryOf, type Role } from '../../src/libraries/index.ts';
import { sourcesOf, type TracedService, withWorkspacePackages } from '../service/index.ts';
import { answers } from './reasons.ts';

/** Modules of Node.js that take work or messages where no trace follows. */
export const nodeNeedles: readonly string[] = ['BroadcastChannel', 'child_process', 'EventEmitter'];

const followed: readonly Role[] = ['queue', 'scheduler', 'pool', 'socket', 'rpc'];

/** The first place where a service uses a queue, a schedule, threads or sockets that stay dark; undefined for everything else. */
export function placeOfDark(library: string, written: string, traced: TracedService, survey: Survey, repo: Repo): Evidence | undefined {
  const role = libraryOf(library)?.role;
  if (role === undefined || !followed.includes(role)) return undefined;
  const needles = [`${written}'`, `${written}"`];
  return firstOf(traced, needles, survey, repo, (source) =>
    importsOf(source).flatMap(({ specifier, typeOnly, node }) =>
      !typeOnly && (specifier === written || specifier?.startsWith(`${written}/`)) ? [node] : [],
    ),
  );
}

/** What a service does with Node.js's own modules past every trace: one line for each kind, with its places. */
export function nodeAnswers(traced: TracedService, survey: Survey, repo: Repo): readonly LibraryAnswer[] {
  const sources = withWorkspacePackages(traced.pkg, survey).flatMap((pkg) =>
    sourcesOf(pkg, nodeNeedles, survey, repo).flatMap((file) => sourceOf(file, repo.read(file)) ?? []),
  );
  return kinds.flatMap(({ library, why, isSite }): readonly LibraryAnswer[] => {
    const places = sources.flatMap((source) =>
      callsOf(source)
        .filter((call) => isSite(source, call))
        .map((call): Evidence => ({ file: source.file, line: lineOf(source, call.start) })),
    );
    const [first] = places.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
    if (first === undefined) return [];
    return [
      {
        package: traced.pkg.dir,
        library,
        version: 'of Node.js',
        answer: 'dark',
        why: why + answers.more(places.length - 1),
        evidence: first,
      },
    ];
  });
}

interface Kind {
  readonly library: string;
  readonly why: string;
  readonly isSite: (source: Source, call: Call) => boolean;
}

const kinds: readonly Kind[] = [
  {
    library: 'BroadcastChannel',
    why: answers.broadcast,
    isSite: (source, { callee }) =>
      isMember(source, callee, 'worker_threads', ['BroadcastChannel']) || isGlobalName(callee, 'BroadcastChannel'),
  },
  {
    library: 'child_process',
    why: answers.processes,
    isSite: (source, call) => isMember(source, call.callee, 'child_process', processes) && !hasChannel(call),
  },
  { library: 'EventEmitter', why: answers.emitter, isSite: isLateListener },
];

const processes = ['exec', 'execFile', 'execFileSync', 'execSync', 'spawn', 'spawnSync'];

function isMember(source: Source, callee: Node, module: string, names: readonly string[]): boolean {
  const origin = originOf(source, callee);
  return origin !== undefined && origin.module === module && names.includes(origin.path.replace(/^default\./, ''));
}

function isGlobalName(callee: Node, name: string): boolean {
  return callee.type === 'Identifier' && callee.name === name;
}

/** `spawn(..., { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] })` has messages, which are followed. */
function hasChannel(call: Call): boolean {
  return call.arguments.some(
    (each) =>
      each.type === 'ObjectExpression' &&
      each.properties.some(
        (property) =>
          property.type === 'Property' &&
          property.value.type === 'ArrayExpression' &&
          property.value.elements.some((element) => element?.type === 'Literal' && element.value === 'ipc'),
      ),
  );
}

/** A listener that a request adds to an emitter of the whole module: whoever emits decides in which trace it runs. */
function isLateListener(source: Source, { callee }: Call): boolean {
  if (callee.type !== 'MemberExpression' || !['on', 'once', 'addListener'].includes(propertyName(callee) ?? '')) return false;
  const emitter = unwrap(callee.object);
  return emitter.type === 'Identifier' && isSharedEmitter(source, emitter) && isInRequest(source, callee);
}

function isSharedEmitter(source: Source, emitter: Node): boolean {
  const [identifier, ...more] = bindingOf(source, emitter)?.declarations ?? [];
  const declarator = identifier === undefined || more.length > 0 ? undefined : parentOf(source, identifier);
  if (declarator?.type !== 'VariableDeclarator' || declarator.init?.type !== 'NewExpression') return false;
  return originOf(source, declarator.init.callee)?.module === 'events' && enclosingFunction(source, declarator) === undefined;
}

const handed = /^(?:req|request|res|response|reply|ctx|job|msg|message)$/;

/** Within a function that is given a request, an answer or a message. */
function isInRequest(source: Source, node: Node): boolean {
  for (let fn = enclosingFunction(source, node); fn !== undefined; fn = enclosingFunction(source, fn))
    if (fn.params.some((param) => param.type === 'Identifier' && handed.test(param.name))) return true;
  return false;
}

function firstOf(
  { pkg }: TracedService,
  needles: readonly string[],
  survey: Survey,
  repo: Repo,
  nodesIn: (source: Source) => readonly Node[],
): Evidence | undefined {
  for (const each of withWorkspacePackages(pkg, survey)) {
    for (const file of [...sourcesOf(each, needles, survey, repo)].sort()) {
      const source = sourceOf(file, repo.read(file));
      const [node] = source === undefined ? [] : nodesIn(source);
      if (source !== undefined && node !== undefined) return { file, line: lineOf(source, node.start) };
    }
  }
  return undefined;
}

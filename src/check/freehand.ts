import {
  callsOf,
  importsOf,
  isTestFile,
  lineOf,
  type Node,
  nodesOf,
  originOf,
  propertyName,
  type Source,
  sourceOf,
  staticString,
  unwrap,
} from '../ast/index.ts';
import { type Finding, finding } from './finding.ts';
import { isAllowed, type Scene } from './scene.ts';

const telemetry = '@opentelemetry/';
const headerSpellings = ['traceparent', 'Traceparent', 'TraceParent', 'traceParent', 'TRACEPARENT'];

export const freehandNeedles: readonly string[] = ['startSpan', 'startActiveSpan', ...headerSpellings, telemetry];

const starters = new Set(['startSpan', 'startActiveSpan']);
const register = '@tracewright/middleware/register';
const setUp = new Set([
  'NodeSDK',
  'NodeTracerProvider',
  'BasicTracerProvider',
  'LoggerProvider',
  'registerInstrumentations',
  'startNodeSDK',
]);

/** OpenTelemetry that was written by hand where a codemod or a call of the middleware does it. */
export function findFreehand(scene: Scene): readonly Finding[] {
  const outputs = scene.survey.packages.flatMap(({ build }) =>
    build?.output === undefined || build.output === build.source || build.output === '' ? [] : [`${build.output}/`],
  );
  return scene.tree
    .mentioning(freehandNeedles)
    .filter((file) => !isTestFile(file) && !isAllowed(scene, file) && !outputs.some((folder) => file.startsWith(folder)))
    .flatMap((file) => freehandIn(file, scene));
}

function freehandIn(file: string, { tree }: Scene): readonly Finding[] {
  return freehandOf(file, tree.read(file)) ?? [];
}

/** What a source file writes by hand; undefined when it cannot be parsed. */
export function freehandOf(file: string, text: string | undefined): readonly Finding[] | undefined {
  const source = sourceOf(file, text);
  if (source === undefined) return undefined;
  if (importsOf(source).some(({ specifier }) => specifier === register)) return [];
  const found = [...setUps(source), ...headers(source), ...spans(source)];
  return [...new Map(found.map((each) => [`${each.code}:${each.line}`, each])).values()];
}

function setUps(source: Source): readonly Finding[] {
  const at = (node: Node, what: string): Finding =>
    finding('TW2110', source.file, lineOf(source, node.start), `${what} starts a second SDK beside the bootstrap.`);
  const calls = callsOf(source).flatMap((call) => {
    const origin = originOf(source, call.callee);
    const name = origin?.path.split('.').at(-1) ?? '';
    return origin?.module.startsWith(telemetry) && setUp.has(name) ? [at(call, name)] : [];
  });
  const loads = importsOf(source).filter(({ specifier }) => specifier?.endsWith('auto-instrumentations-node/register'));
  return [...calls, ...loads.map(({ statement, specifier }) => at(statement, specifier ?? ''))];
}

/** A file that takes part in inject and extract handles the header by the rules. */
function headers(source: Source): readonly Finding[] {
  if (importsOf(source).some(({ specifier }) => specifier === '@tracewright/middleware')) return [];
  return nodesOf(source).flatMap((node) =>
    isHeader(node)
      ? [finding('TW2111', source.file, lineOf(source, node.start), 'This writes or reads the traceparent header by hand.')]
      : [],
  );
}

function isHeader(node: Node): boolean {
  if (node.type === 'Literal' || node.type === 'TemplateLiteral') return staticString(node)?.toLowerCase() === 'traceparent';
  if (node.type === 'Property') return !node.computed && node.key.type === 'Identifier' && node.key.name === 'traceparent';
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' && !node.computed && node.property.name === 'traceparent';
}

function spans(source: Source): readonly Finding[] {
  const usesApi = importsOf(source).some(({ specifier }) => specifier?.startsWith(telemetry));
  return callsOf(source).flatMap((call) => {
    const name = startedBy(source, unwrap(call.callee), usesApi);
    return name === undefined ? [] : [finding('TW2112', source.file, lineOf(source, call.callee.end), `${name} starts a span by hand.`)];
  });
}

/** Name of the method when a callee starts a span: by where it comes from, else by what its object is called. */
function startedBy(source: Source, callee: Node, usesApi: boolean): string | undefined {
  const origin = originOf(source, callee);
  const own = callee.type === 'Identifier' ? callee.name : propertyName(callee);
  const name = origin?.path.split('.').at(-1) ?? own;
  if (name === undefined || !starters.has(name)) return undefined;
  if (origin?.module.startsWith(telemetry)) return name;
  if (callee.type !== 'MemberExpression') return origin === undefined && usesApi ? name : undefined;
  const isTracer = /tracer/i.test(source.text.slice(callee.object.start, callee.object.end));
  // A tracer that another file of the repository makes; one of another library is none of ours.
  if (origin !== undefined) return origin.module.startsWith('.') && isTracer ? name : undefined;
  return usesApi || isTracer ? name : undefined;
}

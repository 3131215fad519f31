import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { nearest, TracewrightError } from '../../contract/index.ts';
import { isRecord } from '../../contract/record.ts';
import { isTooDeep } from '../../engine/index.ts';
import type { RequestSetup, Scenario, ServiceSetup, Setup } from './setup.ts';

type Path = readonly (string | number)[];

type Fields = Readonly<Record<string, unknown>>;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A value of the file together with where it stands, so that every complaint names a line. */
interface Reader {
  readonly document: Document;
  readonly lines: LineCounter;
}

function describe(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`)).join('') || 'the file';
}

function fail(reader: Reader, path: Path, complaint: string): never {
  let line = 1;
  for (let length = path.length; length >= 0; length -= 1) {
    const node = reader.document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    line = reader.lines.linePos(node.range[0]).line;
    break;
  }
  throw new TracewrightError('TW3006', `tracewright.yaml:${line} ${describe(path)} ${complaint}`);
}

function hint(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

function fields(reader: Reader, value: unknown, path: Path, known: readonly string[]): Fields {
  if (!isRecord(value)) return fail(reader, path, 'is not a set of keys');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) fail(reader, [...path, unknown], `is not a known key; known are ${known.join(', ')}${hint(unknown, known)}`);
  return value as Fields;
}

function list<T>(reader: Reader, value: unknown, path: Path, read: (item: unknown, path: Path) => T): T[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return fail(reader, path, 'is not a list');
  return value.map((item, index) => read(item, [...path, index]));
}

function text(reader: Reader, value: unknown, path: Path): string {
  return typeof value === 'string' && value !== '' ? value : fail(reader, path, 'is not text');
}

function pattern(reader: Reader, value: unknown, path: Path): string {
  const source = text(reader, value, path);
  try {
    new RegExp(source);
  } catch {
    fail(reader, path, `is not a regular expression: ${source}`);
  }
  return source;
}

function integer(reader: Reader, value: unknown, path: Path, low: number, high: number): number {
  return Number.isInteger(value) && Number(value) >= low && Number(value) <= high
    ? Number(value)
    : fail(reader, path, `is not a whole number from ${low} to ${high}`);
}

/** Values of environment variables and headers: numbers and booleans may stand without quotes. */
function texts(reader: Reader, value: unknown, path: Path): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return fail(reader, path, 'is not a set of keys');
  const pairs = Object.entries(value).map(([key, item]) =>
    ['string', 'number', 'boolean'].includes(typeof item) ? [key, String(item)] : fail(reader, [...path, key], 'is not text'),
  );
  return Object.fromEntries(pairs);
}

function readService(reader: Reader, value: unknown, path: Path): ServiceSetup {
  const service = fields(reader, value, path, ['name', 'dir', 'command', 'build', 'port', 'env', 'ready']);
  const name = text(reader, service['name'], [...path, 'name']);
  const dir = service['dir'] === undefined ? '' : text(reader, service['dir'], [...path, 'dir']).replace(/^\.\/|^\.$|\/$/g, '');
  if (dir.startsWith('/') || dir.split('/').includes('..')) fail(reader, [...path, 'dir'], 'leads out of the repository');
  const ready =
    service['ready'] === undefined
      ? undefined
      : pattern(reader, fields(reader, service['ready'], [...path, 'ready'], ['output'])['output'], [...path, 'ready', 'output']);
  return {
    name,
    dir,
    command: service['command'] === undefined ? '' : text(reader, service['command'], [...path, 'command']),
    ...(service['build'] === undefined ? {} : { build: text(reader, service['build'], [...path, 'build']) }),
    ...(service['port'] === undefined ? {} : { port: integer(reader, service['port'], [...path, 'port'], 1, 65_535) }),
    choosePort: service['port'] === undefined,
    env: texts(reader, service['env'], [...path, 'env']),
    ...(ready === undefined ? {} : { readyOutput: ready }),
  };
}

/** `GET /path` is short for the whole set of keys. */
function requestFields(reader: Reader, value: unknown, path: Path): Fields {
  if (typeof value !== 'string') return fields(reader, value, path, ['service', 'method', 'path', 'headers', 'body', 'expect', 'ignore']);
  const short = /^([A-Z]+) (\/\S*)$/.exec(value);
  return short ? { method: short[1], path: short[2] } : fail(reader, path, 'is not `METHOD /path`');
}

function readServiceName(reader: Reader, value: unknown, path: Path, services: readonly ServiceSetup[]): string {
  const service = value === undefined ? (services[0]?.name ?? '') : text(reader, value, path);
  const names = services.map(({ name }) => name);
  if (!names.includes(service)) fail(reader, path, `names no service of this file: ${service}${hint(service, names)}`);
  return service;
}

function readBody(value: unknown): { readonly body?: string } {
  if (value === undefined) return {};
  return { body: typeof value === 'string' ? value : JSON.stringify(value) };
}

function readExpected(reader: Reader, value: unknown, path: Path): Pick<RequestSetup, 'expectStatus' | 'expectSpans'> {
  if (value === undefined) return { expectSpans: [] };
  const { status, spans } = fields(reader, value, path, ['status', 'spans']);
  const expectSpans = list(reader, spans, [...path, 'spans'], (item, at) => text(reader, item, at));
  return status === undefined ? { expectSpans } : { expectSpans, expectStatus: integer(reader, status, [...path, 'status'], 100, 599) };
}

/** `run`: a command in place of a request. */
function readCommand(reader: Reader, value: object, path: Path, services: readonly ServiceSetup[]): RequestSetup {
  const step = fields(reader, value, path, ['service', 'name', 'run', 'expect']);
  const expect = step['expect'] === undefined ? {} : fields(reader, step['expect'], [...path, 'expect'], ['status', 'spans']);
  const { status } = expect;
  return {
    service: readServiceName(reader, step['service'], [...path, 'service'], services),
    isCommand: true,
    ...(step['name'] === undefined ? {} : { name: text(reader, step['name'], [...path, 'name']) }),
    method: 'run',
    path: text(reader, step['run'], [...path, 'run']),
    headers: {},
    expectStatus: status === undefined ? 0 : integer(reader, status, [...path, 'expect', 'status'], 0, 255),
    expectSpans: list(reader, expect['spans'], [...path, 'expect', 'spans'], (item, at) => text(reader, item, at)),
    ignore: [],
  };
}

function readRequest(reader: Reader, value: unknown, path: Path, services: readonly ServiceSetup[]): RequestSetup {
  if (typeof value === 'object' && value !== null && 'run' in value) return readCommand(reader, value, path, services);
  const request = requestFields(reader, value, path);
  const method = request['method'] === undefined ? 'GET' : text(reader, request['method'], [...path, 'method']);
  if (!methods.includes(method)) fail(reader, [...path, 'method'], `is not one of ${methods.join(', ')}${hint(method, methods)}`);
  const target = text(reader, request['path'], [...path, 'path']);
  if (!target.startsWith('/')) fail(reader, [...path, 'path'], 'does not start with /');
  const headers = texts(reader, request['headers'], [...path, 'headers']);
  const json = request['body'] !== undefined && typeof request['body'] !== 'string';
  return {
    service: readServiceName(reader, request['service'], [...path, 'service'], services),
    method,
    path: target,
    headers: json ? { 'content-type': 'application/json', ...headers } : headers,
    ...readBody(request['body']),
    ...readExpected(reader, request['expect'], [...path, 'expect']),
    ignore: list(reader, request['ignore'], [...path, 'ignore'], (item, at) => pattern(reader, item, at)),
  };
}

function readScenario(reader: Reader, value: unknown, path: Path, services: readonly ServiceSetup[]): Scenario {
  const scenario = fields(reader, value, path, ['name', 'parallel', 'requests', 'ignore']);
  const name = text(reader, scenario['name'], [...path, 'name']);
  if (!/^[\w][\w.-]*$/.test(name)) fail(reader, [...path, 'name'], 'is not a file name of letters, digits, dots and dashes');
  const requests = list(reader, scenario['requests'], [...path, 'requests'], (item, at) => readRequest(reader, item, at, services));
  if (requests.length === 0) fail(reader, [...path, 'requests'], 'is empty');
  const { parallel } = scenario;
  if (parallel !== undefined && typeof parallel !== 'boolean') fail(reader, [...path, 'parallel'], 'is not true or false');
  return {
    name,
    ...(parallel === true ? { parallel } : {}),
    requests,
    ignore: list(reader, scenario['ignore'], [...path, 'ignore'], (item, at) => pattern(reader, item, at)),
  };
}

function refuseTwice(reader: Reader, names: readonly string[], key: string): void {
  const index = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (index >= 0) fail(reader, [key, index, 'name'], `is used twice: ${names[index]}`);
}

/** References such as `${services.stock.url}` must name a service of the file. */
function refuseUnknownReferences(reader: Reader, services: readonly ServiceSetup[]): void {
  for (const [index, { env }] of services.entries())
    for (const [key, value] of Object.entries(env))
      for (const [whole, name, what] of value.matchAll(/\$\{services\.(.+?)\.(\w+)\}/g))
        if (!services.some((service) => service.name === name) || !['url', 'port'].includes(what ?? ''))
          fail(reader, ['services', index, 'env', key], `refers to ${whole}; use services.<name>.url or services.<name>.port`);
}

/** Reads tracewright.yaml strictly; a service without `command` gets '' and is completed by the caller. Throws TW3006 with the line. */
export function readSetup(source: string): Setup {
  if (isTooDeep('tracewright.yaml', source)) throw new TracewrightError('TW3006', 'tracewright.yaml:1 is nested too deeply');
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const reader: Reader = { document, lines };
  const [broken] = document.errors;
  if (broken)
    throw new TracewrightError('TW3006', `tracewright.yaml:${broken.linePos?.[0].line ?? 1} ${broken.message.split('\n')[0]}`, {
      cause: broken,
    });
  const file = fields(reader, document.toJS(), [], ['version', 'services', 'scenarios', 'attributes', 'check']);
  if (file['version'] !== 1) fail(reader, ['version'], 'is not 1');
  const services = list(reader, file['services'], ['services'], (item, at) => readService(reader, item, at));
  if (services.length === 0) fail(reader, ['services'], 'is empty');
  refuseTwice(
    reader,
    services.map(({ name }) => name),
    'services',
  );
  refuseUnknownReferences(reader, services);
  const scenarios = list(reader, file['scenarios'], ['scenarios'], (item, at) => readScenario(reader, item, at, services));
  refuseTwice(
    reader,
    scenarios.map(({ name }) => name),
    'scenarios',
  );
  const attributes = list(reader, file['attributes'], ['attributes'], (item, at) => text(reader, item, at));
  return { origin: 'tracewright.yaml', services, scenarios, attributes, notes: [] };
}

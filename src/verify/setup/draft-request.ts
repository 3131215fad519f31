import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { JsonSchema, RequestSchema, Route } from '../../contract/index.ts';
import { type ApiFile, requestInFiles } from './openapi.ts';
import { requestOf, type TreeFacts } from './read-tree.ts';
import { type Sample, sampleOf, schemaOf } from './sample.ts';

/** A drafted request as it stands in the file, with what only a person knows of it. */
export interface DraftRequest {
  readonly lines: string;
  readonly question?: string;
}

/** Where values for a request come from. */
export interface DraftSources {
  readonly root: string;
  readonly tree: TreeFacts;
  readonly apis: readonly ApiFile[];
}

/** A request whose values are what the code states, or guesses; what deletes stands as a comment. */
export function draftRequest(sources: DraftSources, route: Route, service: string | undefined, remark?: string): DraftRequest {
  const method = ['ALL', 'USE'].includes(route.method.toUpperCase()) ? 'GET' : route.method.toUpperCase();
  const stated = valuesOf(sources, route, method);
  const path = pathOf(route, stated);
  const body = stated.body === undefined ? {} : { body: stated.body.value };
  const place = `${route.evidence.file}:${route.evidence.line}`;
  const label = `${method} ${route.path}`;
  const question = stated.asks.length === 0 ? undefined : `${label} (${place}): ${stated.asks.join('; ')}?`;
  const from = stated.from === undefined || stated.from === place ? '' : `, as ${stated.from} states it`;
  const lines = item({ ...(service === undefined ? {} : { service }), method, path, ...body });
  const kept = method === 'DELETE' ? lines.replace(/^/gm, '#') : lines;
  const about = [question ?? `${label} (${place})${from}`, ...(remark === undefined ? [] : [remark])];
  return { lines: `${about.map((each) => `      # ${each}\n`).join('')}${kept}`, ...(question === undefined ? {} : { question }) };
}

interface Values {
  readonly body?: Sample;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Where the body is stated. */
  readonly from?: string;
  readonly asks: readonly string[];
}

/** An OpenAPI file is written for callers, so it is asked first. */
function valuesOf({ root, tree, apis }: DraftSources, route: Route, method: string): Values {
  const file = requestInFiles(apis, route);
  const code = requestOf(tree, route);
  const params = paramsOf(file?.params ?? code?.params, route);
  const query = schemaOf(sampleOf(file?.query ?? code?.query ?? {}, '', file?.root).value) ?? {};
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? bodyOf(file, code, root, route) : { asks: [] };
  return { ...body, params: params.values, query, asks: [...params.unknown.map((name) => `which ${name} is there`), ...body.asks] };
}

type Stated = RequestSchema & { readonly root?: JsonSchema };

function bodyOf(file: Stated | undefined, code: Stated | undefined, root: string, route: Route): Pick<Values, 'body' | 'from' | 'asks'> {
  const stated = [file, code].find((each) => each?.body !== undefined);
  if (stated?.body !== undefined) {
    const body = sampleOf(stated.body, '', stated.root ?? stated.body);
    if (body.unknown.includes('')) return { asks: ['what does it take as a body'] };
    const asks = body.unknown.length > 0 ? [`what is ${body.unknown.join(', ')} in its body`] : [];
    return { body, from: `${stated.evidence.file}:${stated.evidence.line}`, asks };
  }
  const read = bodyFields(root, route);
  if (read.length === 0) return { asks: ['what does it take as a body'] };
  const value = Object.fromEntries(read.map((name) => [name, guess(name)]));
  return { body: { value, unknown: [] }, asks: [`is its body right (${read.join(', ')})`] };
}

const parameter = /[:{](\w+)[^/]*/g;

/** Values of path parameters. That a schema says what an id looks like does not say which one is there; an example does. */
function paramsOf(schema: JsonSchema | undefined, { path }: Route): { values: Record<string, unknown>; unknown: readonly string[] } {
  const names = [...path.matchAll(parameter)].map(([, name = '']) => name);
  const properties = schemaOf(schema?.['properties']) ?? {};
  const values = names.map((name) => [name, sampleOf(schemaOf(properties[name]) ?? { type: 'integer' }).value]);
  const isSure = (name: string): boolean =>
    ['example', 'examples', 'enum', 'const', 'default'].some((key) => key in Object(properties[name]));
  return { values: Object.fromEntries(values), unknown: names.filter((name) => !isSure(name)) };
}

function pathOf({ path }: Route, { params, query }: Values): string {
  const filled = path.replace(parameter, (_whole, name: string) => encodeURIComponent(String(params[name]))).replace(/[*()?+]/g, '') || '/';
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? filled : `${filled}?${pairs.join('&')}`;
}

export function item(request: object): string {
  const [first = '', ...rest] = stringify(request).trimEnd().split('\n');
  return [`      - ${first}`, ...rest.map((line) => `        ${line}`)].join('\n');
}

/** The handler stands below its route; what it reads of the body is what the request must hold. */
const handlerLines = 40;

function bodyFields(root: string, { evidence: { file, line } }: Route): string[] {
  const path = join(root, file);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(line - 1, line - 1 + handlerLines);
  const next = lines.findIndex((text, index) => index > 0 && /\.(get|post|put|patch|delete|all|use)\(\s*['"`]/.test(text));
  const text = lines.slice(0, next < 0 ? undefined : next).join('\n');
  const read = [...text.matchAll(/\bbody\??\.([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
  const taken = [...text.matchAll(/\{([^{}]+)\}\s*=\s*[\w.]*\bbody\b/g)].flatMap(([, names = '']) => names.split(','));
  const bare = taken.map((name) => name.split(/[:=]/)[0]?.trim() ?? '').filter((name) => /^[A-Za-z_]\w*$/.test(name));
  return [...new Set([...read, ...bare])];
}

function guess(name: string): string | number {
  return /(count|quantity|amount|price|total|size|limit|age|number|id)$/i.test(name) ? 1 : 'text';
}

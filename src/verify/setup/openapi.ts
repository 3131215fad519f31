import { parse } from 'yaml';
import type { JsonSchema, Repo, RequestSchema, Route } from '../../contract/index.ts';
import { isTooDeep } from '../../engine/plan/nesting.ts';
import { schemaOf } from './sample.ts';

/** The OpenAPI (or Swagger) files of a repository, by their usual names. */
export interface ApiFile {
  readonly file: string;
  readonly document: JsonSchema;
}

export function readApiFiles(repo: Repo): readonly ApiFile[] {
  const named = repo.files.filter((file) => /(^|\/)(open-?api|swagger|api-docs?|api\.spec)[\w.-]*\.(json|ya?ml)$/i.test(file));
  return named.flatMap((file) => {
    const document = documentOf(file, repo.read(file) ?? '');
    return document?.['paths'] === undefined ? [] : [{ file, document }];
  });
}

function documentOf(file: string, text: string): JsonSchema | undefined {
  if (isTooDeep(file, text)) return undefined;
  try {
    return schemaOf(file.endsWith('.json') ? JSON.parse(text) : parse(text));
  } catch {
    return undefined;
  }
}

/** What such a file says of the requests to a route. */
export function requestInFiles(files: readonly ApiFile[], route: Route): (RequestSchema & { readonly root: JsonSchema }) | undefined {
  for (const { file, document } of files) {
    const operation = operationOf(document, route);
    if (operation === undefined) continue;
    const body = bodyOf(operation);
    const params = parametersOf(operation, 'path');
    const query = parametersOf(operation, 'query');
    const evidence = { file, line: 1 };
    return { ...(body && { body }), ...(params && { params }), ...(query && { query }), evidence, root: document };
  }
  return undefined;
}

/** The path may stand behind the one of the server: `/orders` for `/api/orders`. */
function operationOf(document: JsonSchema, { method, path }: Route): JsonSchema | undefined {
  const own = bare(path);
  const paths = Object.entries(Object(document['paths'])).sort(([a], [b]) => b.length - a.length);
  const found = paths.find(([each]) => bare(each) === own) ?? paths.find(([each]) => each.length > 1 && own.endsWith(bare(each)));
  const item = schemaOf(found?.[1]);
  const operation = schemaOf(item?.[method.toLowerCase()]);
  const shared = item?.['parameters'];
  if (operation === undefined) return undefined;
  return { ...operation, parameters: [...(Array.isArray(shared) ? shared : []), ...listIn(operation, 'parameters')] };
}

/** `/orders/{id}` and `/orders/:id` alike. */
function bare(path: string): string {
  return path.replace(/[:{]\w+[^/]*/g, '{}').replace(/\/$/, '') || '/';
}

function listIn(object: JsonSchema, key: string): readonly unknown[] {
  const value = object[key];
  return Array.isArray(value) ? value : [];
}

function bodyOf(operation: JsonSchema): JsonSchema | undefined {
  const content = schemaOf(schemaOf(operation['requestBody'])?.['content']);
  const media = schemaOf(content?.['application/json']);
  const [first] = Object.values(Object(media?.['examples']));
  const example = media?.['example'] ?? schemaOf(first)?.['value'];
  if (example !== undefined) return { example };
  // Swagger 2 names the body among the parameters.
  const old = listIn(operation, 'parameters').find((each) => schemaOf(each)?.['in'] === 'body');
  return schemaOf(media?.['schema']) ?? schemaOf(schemaOf(old)?.['schema']);
}

function parametersOf(operation: JsonSchema, place: string): JsonSchema | undefined {
  const own = listIn(operation, 'parameters').flatMap((each) => {
    const { name, schema, example, in: where, required, ...plain } = schemaOf(each) ?? {};
    if (where !== place || typeof name !== 'string' || (place === 'query' && required !== true)) return [];
    return [[name, { ...plain, ...schemaOf(schema), ...(example !== undefined && { example }) }] as const];
  });
  return own.length === 0 ? undefined : { type: 'object', properties: Object.fromEntries(own) };
}

import type { Attributes, AttributeValue } from './records.ts';

/** Attributes whose values come from code, never from a caller, a machine or a clock. Nothing else reaches a golden file. */
const stable: ReadonlySet<string> = new Set([
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'url.scheme',
  'error.type',
  'exception.type',
  'rpc.system',
  'rpc.service',
  'rpc.method',
  'rpc.grpc.status_code',
  'db.system.name',
  'db.operation.name',
  'db.collection.name',
  'messaging.system',
  'messaging.operation.name',
  'messaging.operation.type',
  'messaging.destination.template',
  'graphql.operation.type',
  'tracewright.loaded_first',
]);

/** Attributes that carry what users sent. Their values never reach a golden file, but their presence does: a leak must show. */
const personal: readonly RegExp[] = [
  /^http\.(request|response)\.header\./,
  /^http\.(request|response)\.body$/,
  /^(enduser|user)\./,
  /^db\.query\.(text|parameter\.)/,
  /^messaging\.message\.(body|payload)/,
  /(^|[._-])(password|passwd|secret|api[._-]?key|access[._-]?token|authorization|cookie|ssn|credit[._-]?card|e[._-]?mail)s?([._-]|$)/i,
];

/** The answer for each text once: a run holds thousands of spans and few names. */
function remember<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? find(text);
    // Whoever names spans after users must not fill the memory.
    if (known.size >= 5_000) known.clear();
    known.set(text, found);
    return found;
  };
}

const isPersonal = remember((key) => personal.some((pattern) => pattern.test(key)));

/** Names that older SDK lines write for the same facts, so that every line gives the same golden file. */
const renamed: Readonly<Record<string, string>> = {
  'http.method': 'http.request.method',
  'http.status_code': 'http.response.status_code',
  'http.scheme': 'url.scheme',
  'db.system': 'db.system.name',
  'db.operation': 'db.operation.name',
  'db.sql.table': 'db.collection.name',
  'db.statement': 'db.query.text',
  'db.mongodb.collection': 'db.collection.name',
  'messaging.operation': 'messaging.operation.type',
};

/** Values that vary from run to run although they sit in a name. */
const volatile: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/[\w.+-]+@[\w-]+\.[\w.]+/g, '<email>'],
  [/\bhttps?:\/\/[^\s'"]+/gi, '<url>'],
  [/\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?\b/g, '<host>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\b/g, '<time>'],
  [/'[^']*'/g, '<text>'],
  [/\b(?=[a-f]*\d)[0-9a-f]{12,}\b/gi, '<id>'],
  [/\b\d{4,}\b/g, '<number>'],
];

/** Replaces concrete values (ids, urls, addresses, times, quoted text, long numbers) in a name by their kind. */
export const maskVolatile: (name: string) => string = remember((name) =>
  volatile.reduce((text, [pattern, kind]) => text.replace(pattern, kind), name),
);

function maskValue(value: AttributeValue): AttributeValue {
  return typeof value === 'string' ? maskVolatile(value) : value;
}

function isAllowed(key: string, allow: readonly string[]): boolean {
  return stable.has(key) || allow.some((entry) => (entry.endsWith('*') ? key.startsWith(entry.slice(0, -1)) : key === entry));
}

function show(key: string, value: AttributeValue, allow: readonly string[]): AttributeValue {
  if (allow.includes(key)) return value;
  return isAllowed(key, allow) ? maskValue(value) : '<private>';
}

/** The attributes that belong in a golden file: the built-in list plus `allow` (exact keys, or `prefix.*`), sorted by key. */
export function stableAttributes(attributes: Attributes, allow: readonly string[] = []): Attributes {
  const pairs = Object.entries(attributes)
    .map(([key, value]) => [renamed[key] ?? key, value] as const)
    .filter(([key]) => isAllowed(key, allow) || isPersonal(key))
    .map(([key, value]) => [key, show(key, value, allow)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(pairs);
}

import { isSecretName } from './names';
import { maskStatement } from './statement';
import { maskText } from './text';
import { MASK, maskUrl } from './url';

type Attributes = Readonly<Record<string, unknown>>;

/** A finished span or a log record, in the parts that may hold text of the program. */
interface Ended {
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly attributes?: Attributes }[];
  readonly links?: readonly { readonly attributes?: Attributes }[];
  readonly status?: { readonly code: number; readonly message?: string };
  readonly body?: unknown;
}

type Kind = 'listed' | 'secret' | 'statement' | 'url' | 'text';

const URLS = /(?:^|\.)(?:url|url\.full|url\.query|target)$/;
const STATEMENTS = /^db\.(?:statement|query\.text)$/;
/** They hold what the conventions list, never text of the program. */
const LISTED = /^(?:http|net|network|server|client|user_agent|code|thread|otel|url)\.(?!request\.header|response\.header|path$)/;

const kinds = new Map<string, Kind>();
const MOST_KINDS = 2000;

/** How deep a logged object is looked into. */
const DEPTH = 6;

/**
 * What leaves the process instead of a finished span or log record: the same object where nothing is to be hidden, else one that says the
 * same without the secrets. The program may still hold the span itself; it is not changed.
 */
export function maskEnded(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  const { attributes, events, links, status, body }: Ended = item;
  const changed: Record<string, unknown> = {};
  const change = <T>(name: string, before: T, after: T): void => {
    if (after !== before) changed[name] = after;
  };
  if (attributes) change('attributes', attributes, maskAttributes(attributes));
  if (events && events.length > 0) change('events', events, maskEach(events));
  if (links && links.length > 0) change('links', links, maskEach(links));
  if (status && status.message) {
    const message = maskText(status.message);
    if (message !== status.message) changed['status'] = { ...status, message };
  }
  if (body !== undefined) change('body', body, maskValue(body, DEPTH));
  return Object.keys(changed).length === 0 ? item : view(item, changed);
}

/** Methods and getters of the original work on through it. */
function view(item: object, changed: Record<string, unknown>): object {
  const properties: PropertyDescriptorMap = {};
  for (const name of Object.keys(changed)) properties[name] = { enumerable: true, value: changed[name] };
  return Object.create(item, properties);
}

function maskEach<T extends { readonly attributes?: Attributes }>(items: readonly T[]): readonly T[] {
  let isSame = true;
  const masked = items.map((item) => {
    const attributes = item.attributes && maskAttributes(item.attributes);
    if (attributes === item.attributes) return item;
    isSame = false;
    return { ...item, attributes };
  });
  return isSame ? items : masked;
}

function kindOf(name: string): Kind {
  const known = kinds.get(name);
  if (known !== undefined) return known;
  const kind = tellKind(name);
  // Names may come from a stranger.
  if (kinds.size < MOST_KINDS) kinds.set(name, kind);
  return kind;
}

function tellKind(name: string): Kind {
  if (isSecretName(name)) return 'secret';
  if (STATEMENTS.test(name)) return 'statement';
  if (URLS.test(name)) return 'url';
  return LISTED.test(name) ? 'listed' : 'text';
}

function maskAttributes(attributes: Attributes): Attributes {
  let masked: Record<string, unknown> | undefined;
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (typeof value === 'number' || typeof value === 'boolean') continue;
    const clean = maskAttribute(name, value, attributes);
    if (clean === value) continue;
    if (masked === undefined) masked = { ...attributes };
    masked[name] = clean;
  }
  return masked || attributes;
}

function maskAttribute(name: string, value: unknown, all: Attributes): unknown {
  const kind = kindOf(name);
  if (kind === 'secret') return value === undefined || value === null || value === '' ? value : MASK;
  if (kind === 'listed') return value;
  if (typeof value !== 'string') return maskValue(value, DEPTH);
  if (kind === 'statement') return maskStatement(value, String(all['db.system'] || all['db.system.name'] || ''));
  return kind === 'url' ? maskUrl(value) : maskText(value);
}

/** An AnyValue: text, a number, a list or a map of them. */
function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null || depth === 0 || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    const masked: unknown[] = value.map((one) => maskValue(one, depth - 1));
    return masked.every((one, index) => one === value[index]) ? value : masked;
  }
  return maskMap(value, depth);
}

function maskMap(map: object, depth: number): object {
  const masked: Record<string, unknown> = {};
  let isSame = true;
  for (const [name, value] of Object.entries(map)) {
    const isHidden = isSecretName(name) && value !== undefined && value !== null && value !== '' && typeof value !== 'boolean';
    masked[name] = isHidden ? MASK : maskValue(value, depth - 1);
    if (masked[name] !== value) isSame = false;
  }
  return isSame ? map : masked;
}

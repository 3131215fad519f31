import { nearest } from '../contract/index.ts';
import { isRecord } from '../contract/record.ts';
import { levelLimit } from './normal-form.ts';
import { isPattern, parseRange } from './pattern.ts';

/** What is wrong with a value of a golden file, or undefined. */
type Look = (value: unknown, where: string) => string | undefined;

/** The first complaint, looked for one after the other. */
function first<T>(items: Iterable<T>, look: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = look(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function hint(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

const text: Look = (value, where) => {
  if (typeof value !== 'string') return `${where} is not text`;
  const range = [...value.matchAll(/<[^<>]*\.\.[^<>]*>/g)].map(([found]) => found).find((found) => isEmptyRange(found));
  return range === undefined ? undefined : `${where} holds ${range}, which no number fits`;
};

/** A range that was written, but upside down. */
function isEmptyRange(token: string): boolean {
  const range = parseRange(token);
  return range !== undefined && range.low > range.high;
}

function oneOf(...known: readonly string[]): Look {
  return (value, where) => {
    if (typeof value === 'string' && (known.includes(value) || isPattern(value))) return undefined;
    return `${where} is not one of ${known.join(', ')}${hint(String(value), known)}`;
  };
}

function list(look: Look): Look {
  return (value, where) =>
    Array.isArray(value) ? first(value.entries(), ([index, item]) => look(item, `${where}[${index}]`)) : `${where} is not a list`;
}

/** An object of these keys; those that are needed end with `!`. */
function object(keys: Readonly<Record<string, Look>>): Look {
  const known = Object.keys(keys).map((key) => key.replace('!', ''));
  return (value, where) => {
    if (!isRecord(value)) return `${where} is not an object`;
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined) return `${where} has the unknown key "${unknown}"${hint(unknown, known)}`;
    return first(Object.entries(keys), ([key, look]) => {
      const name = key.replace('!', '');
      if (value[name] === undefined) return key.endsWith('!') ? `${where} has no "${name}"` : undefined;
      return look(value[name], `${where === 'it' ? '' : `${where}.`}${name}`);
    });
  };
}

const attribute: Look = (value, where) => {
  if (typeof value === 'string') return text(value, where);
  if (Array.isArray(value)) return first(value.entries(), ([index, item]) => attribute(item, `${where}[${index}]`));
  return isRecord(value) ? attributes(value, where) : undefined;
};

const attributes: Look = (value, where) =>
  isRecord(value) ? first(Object.entries(value), ([key, item]) => attribute(item, `${where}.${key}`)) : `${where} is not an object`;

const count: Look = (value, where) => {
  const fits = typeof value === 'string' ? parseRange(value) !== undefined : Number.isInteger(value) && Number(value) >= 0;
  return fits ? text(String(value), where) : `${where} is neither a whole number nor a range such as <..5>`;
};

/** Deeper than anything that is recorded. */
const span: Look = (value, where) =>
  where.split('.children[').length > levelLimit + 2 ? `a span has more than ${levelLimit} levels below it` : spanObject(value, where);

const spanObject: Look = object({
  'service!': text,
  'kind!': oneOf('INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER', 'UNSPECIFIED'),
  'name!': text,
  'scope!': text,
  status: oneOf('OK', 'ERROR'),
  attributes,
  events: list(object({ 'name!': text, attributes })),
  links: list(text),
  logs: list(text),
  orphan: (value, where) => (value === true ? undefined : `${where} is not true`),
  count,
  edge: (value, where) => (value === 'ancestor' ? undefined : `${where} is not "ancestor"`),
  children: list(span),
});

const golden: Look = object({
  'version!': (value) => (value === 1 ? undefined : 'its "version" is not 1'),
  'scenario!': text,
  'traces!': list(object({ 'request!': text, 'spans!': list(span) })),
});

/** The first thing that makes parsed JSON no golden file, as a sentence; undefined when it is one. */
export function goldenFault(value: unknown): string | undefined {
  return golden(value, 'it');
}

/** Why text is no JSON, with the line where that can be told. */
export function jsonFault(source: string, cause: unknown): string {
  if (/^(<{7}|={7}|>{7})/m.test(source)) return 'it holds the marks of a merge conflict';
  if (source.trim() === '') return 'it is empty';
  const [, position] = /at position (\d+)/.exec(cause instanceof Error ? cause.message : '') ?? [];
  const before = position === undefined ? undefined : source.slice(0, Number(position));
  return `it is not JSON${before === undefined ? '' : `, see line ${before.split('\n').length}`}`;
}

const kinds = ['any', 'secret', 'uuid', 'id', 'number', 'time'];
/** What masking writes; a span's own name may hold more, such as `<anonymous>`. */
const written = [...kinds, 'text', 'url', 'email', 'host', 'private'];

/** Sentences about text that looks like a pattern but is none: it only equals itself, so nothing else is wrong with it. */
export function doubtfulPatterns(source: string): string[] {
  const words = [...new Set([...source.matchAll(/<([\w.-]{1,24})>/g)].map(([, word = '']) => word))].filter(
    (word) => !written.includes(word),
  );
  return words.flatMap((word) => {
    if (/^-?\d*(\.{3,}|-|\.)-?\d+$/.test(word)) return [`<${word}> is no pattern; a range is written <1..3>`];
    const meant = nearest(word, kinds);
    return meant === undefined ? [] : [`<${word}> is no pattern; did you mean <${meant}>?`];
  });
}

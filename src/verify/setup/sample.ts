import type { JsonSchema } from '../../contract/index.ts';
import { isRecord } from '../../contract/record.ts';

/** The least value that a JSON Schema allows, and the fields whose value nobody but a person knows. */
export interface Sample {
  readonly value: unknown;
  readonly unknown: readonly string[];
}

const texts: Readonly<Record<string, string>> = {
  email: 'someone@example.com',
  uuid: '00000000-0000-4000-8000-000000000001',
  'date-time': '2020-01-01T00:00:00.000Z',
  date: '2020-01-01',
  time: '12:00:00Z',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
};

/** `root` resolves `#/…` references. */
export function sampleOf(schema: JsonSchema, name = '', root: JsonSchema = schema, depth = 0): Sample {
  const { $ref: reference } = schema;
  if (depth > 10) return { value: null, unknown: [name] };
  if (typeof reference === 'string') {
    const target = targetOf(root, reference);
    return target === undefined ? { value: null, unknown: [name] } : sampleOf(target, name, root, depth + 1);
  }
  const [part] = listOf(schema['oneOf'] ?? schema['anyOf']);
  if (part !== undefined) return sampleOf(part, name, root, depth + 1);
  const all = listOf(schema['allOf']);
  if (all.length > 0) return joined(all.map((each) => sampleOf(each, name, root, depth + 1)));
  const stated = statedValue(schema);
  if (stated !== undefined) return { value: stated, unknown: [] };
  const type = typeOf(schema);
  if (type === 'object') return sampleObject(schema, name, root, depth);
  if (type === 'array') {
    const items = schemaOf(schema['items']);
    const inner = items === undefined ? { value: 'text', unknown: [] } : sampleOf(items, name, root, depth + 1);
    return { value: [inner.value], unknown: inner.unknown };
  }
  return samplePlain(schema, type, name);
}

/** What the schema names itself. */
function statedValue(schema: JsonSchema): unknown {
  const examples = schema['examples'];
  const choices = schema['enum'];
  return (
    schema['example'] ??
    (Array.isArray(examples) ? examples[0] : undefined) ??
    schema['default'] ??
    schema['const'] ??
    (Array.isArray(choices) ? choices[0] : undefined)
  );
}

function typeOf(schema: JsonSchema): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((each) => each !== 'null');
  return type ?? (schema['properties'] === undefined ? undefined : 'object');
}

/** Keys that must be there; where none is said to be, all of them. */
function sampleObject(schema: JsonSchema, name: string, root: JsonSchema, depth: number): Sample {
  const properties = Object.entries(Object(schema['properties']));
  const required = Array.isArray(schema['required']) ? schema['required'] : properties.map(([key]) => key);
  const fields = properties
    .filter(([key]) => required.includes(key))
    .map(([key, each]): [string, Sample] => [key, sampleOf(schemaOf(each) ?? {}, name === '' ? key : `${name}.${key}`, root, depth + 1)]);
  return {
    value: Object.fromEntries(fields.map(([key, { value }]) => [key, value])),
    unknown: fields.flatMap(([, { unknown }]) => unknown),
  };
}

function samplePlain(schema: JsonSchema, type: unknown, name: string): Sample {
  const least = Number(schema['minimum'] ?? (schema['exclusiveMinimum'] === undefined ? 1 : Number(schema['exclusiveMinimum']) + 1));
  if (type === 'integer' || type === 'number') return { value: least, unknown: [] };
  if (type === 'boolean') return { value: true, unknown: [] };
  if (type !== 'string') return { value: 'text', unknown: [name] };
  const known = texts[String(schema['format'])];
  if (known !== undefined) return { value: known, unknown: [] };
  const text = 'text'.padEnd(Number(schema['minLength'] ?? 0), '0').slice(0, Number(schema['maxLength'] ?? Number.POSITIVE_INFINITY));
  return { value: text, unknown: schema['pattern'] === undefined ? [] : [name] };
}

function joined(samples: readonly Sample[]): Sample {
  return { value: Object.assign({}, ...samples.map(({ value }) => value)), unknown: samples.flatMap(({ unknown }) => unknown) };
}

function targetOf(root: JsonSchema, reference: string): JsonSchema | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const keys = reference.slice(2).split('/');
  return schemaOf(keys.reduce<unknown>((at, key) => Object(at)[key.replaceAll('~1', '/').replaceAll('~0', '~')], root));
}

export function schemaOf(value: unknown): JsonSchema | undefined {
  return isRecord(value) ? Object.fromEntries(Object.entries(value)) : undefined;
}

function listOf(value: unknown): readonly JsonSchema[] {
  if (!Array.isArray(value)) return [];
  return value.map(schemaOf).filter((each) => each !== undefined);
}

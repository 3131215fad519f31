import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readSetup } from './read-setup.ts';
import { setupSchema, setupSchemaText } from './setup-schema.ts';

const accepts = new Ajv({ allowUnionTypes: true }).compile(setupSchema);

function isRead(file: unknown): boolean {
  try {
    readSetup(stringify(file));
    return true;
  } catch {
    return false;
  }
}

const whole = {
  version: 1,
  attributes: ['order.*'],
  services: [
    { name: 'shop', dir: 'a/b', command: 'npm start', build: 'npm run build', port: 80, env: { A: 1, B: 'x' }, ready: { output: 'up' } },
  ],
  scenarios: [
    {
      name: 'default',
      ignore: ['x+'],
      requests: [
        'GET /',
        { service: 'shop', method: 'POST', path: '/a', headers: { a: 'b' }, body: { c: [1] }, expect: { status: 201 }, ignore: ['y'] },
      ],
    },
  ],
};

const values = [
  undefined,
  null,
  0,
  1,
  99,
  200,
  70_000,
  1.5,
  true,
  '',
  ' ',
  'text',
  '/x',
  '../x',
  'a/../b',
  'GET',
  'GET /x',
  'get /x',
  'FETCH /x',
  [],
  [1],
  ['x'],
  ['GET /'],
  {},
  { a: 1 },
  { a: {} },
];

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The file with the value at every path replaced by each of `values`, and with a key too many at every set of keys. */
function* variants(value: unknown): Generator<unknown> {
  for (const other of values) yield other;
  if (!isFields(value)) return;
  if (!Array.isArray(value)) yield { ...value, colour: 'red' };
  for (const [key, inner] of Object.entries(value))
    for (const other of variants(inner)) {
      if (Array.isArray(value)) yield value.map((item, index): unknown => (String(index) === key ? other : item));
      else yield Object.fromEntries(Object.entries({ ...value, [key]: other }).filter(([, each]) => each !== undefined));
    }
}

/** What only a reader of the whole file can know. */
function isReference(file: unknown): boolean {
  const text = JSON.stringify(file);
  return /"service":"(?!shop")/.test(text) || !text.includes('"name":"shop"');
}

describe('the schema of tracewright.yaml', () => {
  it('accepts exactly what readSetup accepts', () => {
    const files = [...variants(whole)].filter((file) => file !== undefined);
    const agreed = files.filter((file) => !isReference(file));
    const differing = agreed.filter((file) => accepts(file) !== isRead(file));
    expect(differing).toEqual([]);
    expect(agreed.filter(isRead).length).toBeGreaterThan(100);
    expect(agreed.filter((file) => !isRead(file)).length).toBeGreaterThan(300);
  });

  it('is published', () => expect(setupSchemaText()).toMatchFileSnapshot('../../../docs/tracewright.schema.json'));
});

import { describe, expect, it } from 'vitest';
import { isTooDeep } from './nesting.ts';
import { parseSource } from './parse.ts';

type Nested = (depth: number) => string;

/** What the native parser takes most of its stack for; 20,000 of each ended the process. */
const clauses: Readonly<Record<string, Nested>> = {
  arrows: (n) => `x = ${'a => '.repeat(n)}1`,
  'arrows on lines': (n) => `x = ${'a =>\n'.repeat(n)}1`,
  'async arrows': (n) => `x = ${'async a => '.repeat(n)}1`,
  conditions: (n) => `x = ${'a ? b : '.repeat(n)}1`,
  'conditions in the middle': (n) => `x = ${'a ? '.repeat(n)}1${' : b'.repeat(n)}`,
  assignments: (n) => `x = ${'a = '.repeat(n)}1`,
  'else if': (n) => `${'if (a) b; else '.repeat(n)}c`,
  'else if on lines': (n) => `${'if (a) b\nelse '.repeat(n)}c`,
  'if in if': (n) => `${'if (a) '.repeat(n)}c`,
  loops: (n) => `${'for (;;) while (a) '.repeat(n / 2)}c`,
  'do in do': (n) => `${'do '.repeat(n)}c${'; while (a)'.repeat(n)}`,
  labels: (n) => `${Array.from({ length: n }, (_, i) => `l${i}: `).join('')}c`,
  new: (n) => `x = ${'new '.repeat(n)}a`,
  yields: (n) => `function* f() { ${'yield '.repeat(n)}1 }`,
  elements: (n) => `x = ${'<a>'.repeat(n)}${'</a>'.repeat(n)}`,
  comparisons: (n) => `x = ${'a < '.repeat(n)}b`,
  'function types': (n) => `type X = ${'() => '.repeat(n)}d`,
  'conditional types': (n) => `type X = ${'a extends b ? c : '.repeat(n)}d`,
  'type arguments': (n) => `type X = ${'A<'.repeat(n)}b${'>'.repeat(n)}`,
  'template in template': (n) => `x = ${'`${'.repeat(n)}1${'}`'.repeat(n)}`,
  'default in default': (n) => `x = ${'function (a = '.repeat(n)}1${') {}'.repeat(n)}`,
};

/** 100,000 of each ended it. */
const operators: Readonly<Record<string, Nested>> = {
  sum: (n) => `x = ${'a + '.repeat(n)}1`,
  or: (n) => `x = ${'a || '.repeat(n)}1`,
  power: (n) => `x = ${'a ** '.repeat(n)}1`,
  not: (n) => `x = ${'!'.repeat(n)}1`,
  void: (n) => `x = ${'void '.repeat(n)}1`,
  await: (n) => `async function f() { ${'await '.repeat(n)}1 }`,
  in: (n) => `x = ${'a in '.repeat(n)}1`,
  templates: (n) => `x = a${'``'.repeat(n)}`,
  keyof: (n) => `type X = ${'keyof '.repeat(n)}d`,
};

/** 500,000 of each. */
const members: Readonly<Record<string, Nested>> = {
  members: (n) => `x = a${'.b'.repeat(n)}`,
  'optional members': (n) => `x = a${'?.b'.repeat(n)}`,
  calls: (n) => `x = a${'()'.repeat(n)}`,
  elements: (n) => `x = a${'[0]'.repeat(n)}`,
};

const rows = [
  ...Object.entries(clauses).map(([name, code]) => [name, code, 400, 5_000] as const),
  ...Object.entries(operators).map(([name, code]) => [name, code, 5_000, 100_000] as const),
  ...Object.entries(members).map(([name, code]) => [name, code, 50_000, 500_000] as const),
];

describe('code that is nested without end is told and does not end the process', () => {
  it.each(rows)('%s', (name, code, fine, deep) => {
    const file = /type|keyof/.test(name) ? 'a.ts' : 'a.js';
    expect(parseSource(file, code(fine)).status).toBe('parsed');
    expect(parseSource(file, code(deep))).toMatchObject({ status: 'unparsable', message: 'it is nested too deeply' });
  });

  it('long code is not', () => {
    const lines = [
      'const f = (a) => (a ? b : c)',
      'if (a) return',
      'else if (b < c) d()',
      'const s = \'((((((\' + `((((` + "[[[[" // ((((',
      'const r = /[/(]\\((?:[^)]|\\))/.test(s)',
      'for (const x of y) if (x) z(x)',
      'label: while (a) do b(); while (c)',
      'x = a\n  .b()\n  .c(d => e, f => g)',
      '/* (((( */ switch (a) { case 1: case 2: b() }',
    ];
    expect(isTooDeep(`function g() {\n${lines.join('\n').concat('\n').repeat(5_000)}}`)).toBe(false);
    expect(isTooDeep(lines.join(';\n').concat(';\n').repeat(5_000))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { compareGolden } from './compare-golden.ts';
import { type Golden, parseGolden, writeGolden } from './golden.ts';
import type { NormalSpan } from './normal-form.ts';
import { matchesValue } from './pattern.ts';
import { renderDifferences } from './render-differences.ts';

const uuid = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

function span(name: string, more: Partial<NormalSpan> = {}): NormalSpan {
  return { service: 'shop', kind: 'INTERNAL', name, scope: 'lab', ...more };
}

function golden(...spans: readonly NormalSpan[]): Golden {
  return { version: 1, scenario: 's', traces: [{ request: 'GET /', spans }] };
}

function found(expected: readonly NormalSpan[], actual: readonly NormalSpan[]): string {
  const read = parseGolden(writeGolden(golden(...expected)), 'g.json');
  return renderDifferences(compareGolden(read, golden(...actual)));
}

describe('matchesValue', () => {
  it.each<[unknown, unknown, boolean]>([
    ['<any>', 'x', true],
    ['<any>', 7, true],
    ['<any>', undefined, false],
    ['<uuid>', uuid, true],
    ['<uuid>', '<uuid>', true],
    ['<uuid>', 'x', false],
    ['order <number> of <any>', 'order 12 of tea', true],
    ['order <number> of <any>', 'order x of tea', false],
    ['<200..299>', 204, true],
    ['<200..299>', 304, false],
    ['<..5>', -1, true],
    ['<5..>', '4', false],
    ['retry <1..3>', 'retry 3', true],
    ['retry <1..3>', 'retry 4', false],
    ['200', 200, false],
    ['<b>', '<b>', true],
    ['<b>', 'x', false],
    [['a', '<any>'], ['a', 1], true],
    [['a'], ['a', 1], false],
    [{ a: '<uuid>' }, { a: uuid }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [undefined, undefined, true],
  ])('%j against %j: %s', (expected, actual, answer) => expect(matchesValue(expected, actual)).toBe(answer));
});

describe('a golden file with declared patterns', () => {
  it('accepts attributes and names that fit, and names those that do not', () => {
    const expected = [span('job <any>', { attributes: { 'order.id': '<uuid>', code: '<200..299>' } })];
    expect(found(expected, [span('job 7', { attributes: { 'order.id': uuid, code: 201 } })])).toBe('');
    expect(found(expected, [span('job 7', { attributes: { 'order.id': uuid, code: 500 } })])).toMatch(/code was <200..299>, is 500/);
    expect(found(expected, [span('task 7', { attributes: { code: 200 } })])).toMatch(/job <any>[\s\S]*task 7/);
  });

  it.each<[number | string, number, RegExp]>([
    [2, 2, /^$/],
    [2, 3, /retry: count was 2, is 3/],
    [2, 1, /retry: count was 2, is 1/],
    ['<..3>', 0, /^$/],
    ['<..3>', 3, /^$/],
    ['<..3>', 4, /retry: count was <..3>, is 4/],
    ['<1..>', 0, /retry: count was <1..>, is 0/],
  ])('counts %s: %i come', (count, times, text) => {
    const expected = [span('root', { children: [span('retry', { count }), span('end')] })];
    const actual = [span('root', { children: [...Array.from({ length: times }, () => span('retry')), span('end')] })];
    expect(found(expected, actual)).toMatch(text);
  });

  it('lets other spans sit between a span and its ancestor', () => {
    const expected = [span('root', { children: [span('query', { edge: 'ancestor' })] })];
    const query = span('query');
    expect(found(expected, [span('root', { children: [query] })])).toBe('');
    expect(found(expected, [span('root', { children: [span('mesh', { children: [span('proxy', { children: [query] })] })] })])).toBe('');
    expect(found(expected, [span('root', { children: [span('mesh', { scope: 'envoy' })] })])).toMatch(
      /missing {2}shop INTERNAL query[\s\S]*extra {4}shop INTERNAL mesh/,
    );
    expect(found(expected, [span('root', { children: [span('mesh', { children: [query, span('more')] })] })])).toMatch(
      /^GET \/\n {2}\+ extra {4}shop INTERNAL mesh and the span below it, under shop INTERNAL root\n$/,
    );
  });

  it('counts spans at any depth below an ancestor', () => {
    const expected = [span('root', { children: [span('query', { edge: 'ancestor', count: '<1..2>' })] })];
    const mesh = span('mesh', { children: [span('query'), span('query')] });
    expect(found(expected, [span('root', { children: [mesh] })])).toBe('');
    expect(found(expected, [span('root', { children: [mesh, span('query')] })])).toMatch(/count was <1..2>, is 3/);
  });

  it.each([
    [{ count: -1 }, /count is neither/],
    [{ count: 'many' }, /count is neither/],
    [{ edge: 'child' }, /edge is not "ancestor"/],
  ])('refuses %j', (more, reason) => {
    const text = JSON.stringify({ ...golden(), traces: [{ request: 'r', spans: [{ ...span('x'), ...more }] }] });
    expect(() => parseGolden(text, 'g.json')).toThrow(reason);
  });
});

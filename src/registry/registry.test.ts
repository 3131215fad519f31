import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyMark } from '../../tests/harness/tiny-codemods.ts';
import type { Codemod, CodemodMeta } from '../contract/index.ts';
import { checkCodemods, findCodemod, listCodemods, listRecipes, orderCodemods } from './index.ts';

function codemod(id: string, after: readonly string[] = [], meta: Partial<CodemodMeta> = {}): Codemod {
  return { ...tinyMark, meta: { ...tinyMark.meta, id, after, ...meta } };
}

function idsOf(codemods: readonly Codemod[]): readonly string[] {
  return codemods.map(({ meta }) => meta.id);
}

describe('orderCodemods', () => {
  it('puts each after those it names, ties by code unit', () => {
    expect(idsOf(orderCodemods([codemod('c-c'), codemod('a-a', ['c-c']), codemod('b-b')]))).toEqual(['b-b', 'c-c', 'a-a']);
  });

  it('does not depend on the order it is given', () => {
    const all = [codemod('a-a', ['d-d']), codemod('b-b'), codemod('c-c', ['b-b', 'a-a']), codemod('d-d')];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (some) => {
        expect(idsOf(orderCodemods(some))).toEqual(idsOf(orderCodemods(all)));
      }),
    );
  });

  it('refuses a circle and names it', () => {
    const circle = [codemod('a-a', ['b-b']), codemod('b-b', ['a-a']), codemod('c-c')];
    expect(() => orderCodemods(circle)).toThrow(/TW2090.*a-a, b-b/);
  });
});

describe('checkCodemods', () => {
  it.each([
    ['an id that is no <target>-<outcome>', codemod('Nope')],
    ['an id that is used twice', codemod('a-a')],
    ['a predecessor that does not exist', codemod('b-b', ['x-x'])],
    ['a title with a full stop', codemod('b-b', [], { title: 'Does this.' })],
    ['a description without one', codemod('b-b', [], { description: 'Does this' })],
    ['an empty needle', codemod('b-b', [], { mentions: [''] })],
  ])('reports %s', (_name, faulty) => {
    expect(checkCodemods([codemod('a-a'), faulty])).toHaveLength(1);
  });
});

describe('the shipped codemods', () => {
  it('are valid, in order, and in the recipe unless they are opt-in', () => {
    const ids = idsOf(listCodemods());
    const usual = idsOf(listCodemods().filter(({ meta }) => meta.optIn !== true));
    expect(usual.length).toBeGreaterThan(0);
    expect([...usual].sort()).toEqual(listRecipes().find(({ name }) => name === 'trace')?.codemods);
    expect(ids.map((id) => findCodemod(id).meta.id)).toEqual(ids);
    expect(() => findCodemod('nope')).toThrow(/TW2011/);
  });
});

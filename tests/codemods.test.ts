import { describe, expect, it } from 'vitest';
import { codemods } from '../codemods/index.gen.ts';
import { checkCodemods } from '../src/registry/index.ts';
import { chainOf } from './harness/chain-of.ts';
import { checkWithNode, type NodeSource } from './harness/check-with-node.ts';
import { areIndependent, commute, undoRestoresEveryByte } from './harness/disk-laws.ts';
import { type Fixture, listFixtures } from './harness/fixtures.ts';
import { importsExist } from './harness/import-law.ts';
import {
  changedSources,
  changesOnlyPlannedLines,
  givesAfter,
  holdsForVariants,
  isDeterministic,
  isIdempotent,
  keepsNoParse,
  type Law,
  staysParsable,
} from './harness/laws.ts';
import { planOn } from './harness/plan-fixture.ts';
import { changesTypes, keepsTypes } from './harness/type-law.ts';

const minimumFixtures = 60;
const fixtures = listFixtures();

const laws: Readonly<Record<string, Law>> = {
  'gives exactly the files after': givesAfter,
  'is idempotent': isIdempotent,
  'is deterministic': isDeterministic,
  'holds for CRLF, BOM, tabs and no final newline': holdsForVariants,
  'does not depend on parses that are kept': keepsNoParse,
  'stays parsable': staysParsable,
  'keeps types': keepsTypes,
  'imports only what exists': importsExist,
  'changes only planned lines': changesOnlyPlannedLines,
  'undo restores every byte': undoRestoresEveryByte,
};

describe('the set of codemods', () => {
  it('is valid', () => {
    expect(checkCodemods(codemods)).toEqual([]);
    expect(codemods.length).toBeGreaterThan(0);
  });

  it('has enough fixtures, and about half of them prove that nothing changes', () => {
    const still = fixtures.filter(({ after }) => after === undefined).length;
    expect(fixtures.length).toBeGreaterThanOrEqual(minimumFixtures);
    expect(still / fixtures.length).toBeGreaterThan(0.35);
    expect(still / fixtures.length).toBeLessThan(0.65);
    expect(codemods.map(({ meta }) => meta.id).filter((id) => !fixtures.some(({ codemod }) => codemod === id))).toEqual([]);
  });

  it('leaves JavaScript that Node compiles', () => {
    const sources = fixtures.flatMap((fixture) => javaScriptOf(fixture));
    const before = checkWithNode(sources.map(({ old }) => old));
    const after = checkWithNode(sources.map(({ next }) => next));
    const broken = after.flatMap((fault, index) =>
      fault !== null && before[index] === null ? [`${sources[index]?.next.name}: ${fault}`] : [],
    );
    expect(broken).toEqual([]);
    expect(sources.length).toBeGreaterThan(0);
  });

  it('changes TypeScript in enough fixtures for the law of types to mean something', () => {
    const typed = fixtures.filter((fixture) => changesTypes(fixture.before, planOn(fixture.before, chainOf(fixture)).files));
    expect(typed.length).toBeGreaterThan(10);
  });
});

describe.each(codemods.map(({ meta }) => meta.id))('%s', (id) => {
  const own = fixtures.filter(({ codemod }) => codemod === id);
  describe.each(own.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    it.each(Object.entries(laws))('%s', (_law, law) => {
      expect(law(chainOf(fixture), fixture)).toEqual([]);
    });
  });

  it('commutes with every codemod that is independent of it', () => {
    const self = codemods.filter(({ meta }) => meta.id === id);
    const violations = self.flatMap((codemod) =>
      codemods
        .filter((other) => other.meta.id > id && areIndependent(codemod, other, codemods))
        .flatMap((other) => own.flatMap((fixture) => commute(codemod, other, chainOf(fixture), fixture.before))),
    );
    expect(violations).toEqual([]);
  });
});

/** JavaScript that a fixture's codemods change or create. A new file counts as an empty one before. */
function javaScriptOf(fixture: Fixture): readonly { old: NodeSource; next: NodeSource }[] {
  const chain = chainOf(fixture);
  return changedSources(fixture.before, planOn(fixture.before, chain).files)
    .filter(([file]) => !/\.(?:tsx?|[cm]ts|jsx)$/.test(file))
    .map(([file, old = '', text]) => {
      const name = `${fixture.codemod}/${fixture.name}/${file}`;
      const isModule = file.endsWith('.mjs') || (!file.endsWith('.cjs') && /^\s*(?:import\s*['"{*\w]|export\s)/m.test(text));
      return { old: { name, text: old, module: isModule }, next: { name, text, module: isModule } };
    });
}

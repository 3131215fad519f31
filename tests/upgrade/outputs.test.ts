import { describe, expect, it } from 'vitest';
import { chainOf } from '../harness/chain-of.ts';
import { compareFiles } from '../harness/compare-files.ts';
import { planOn } from '../harness/plan-fixture.ts';
import { keptOutputs, keptVersions, unpackFiles } from './kept.ts';

/** What the old output does not hold, and what is written instead. A row whose difference is gone fails. */
const unknowable: Readonly<Record<string, string>> = {
  'shutdown-flush/follows-methods-of-a-class':
    'which of two names of process.exit a call had; all get the one that only such calls can have used',
};

/**
 *   before --the version that was kept--> old --this version--> upgraded
 *   before -----------------this version----------------------> fresh        upgraded is fresh, byte for byte
 */
describe.each(keptVersions)('what %s wrote is upgraded to what is written today', (version) => {
  const outputs = keptOutputs(version);

  it('was kept for enough fixtures', () => {
    expect(outputs.filter(([, , { changed }]) => Object.keys(changed).length > 0).length).toBeGreaterThan(90);
  });

  it.each(outputs)('%s: %s', (codemod, name, kept) => {
    const before = unpackFiles(kept.before);
    const chain = chainOf({ codemod, name, with: kept.with, before, after: undefined });
    const upgraded = planOn(unpackFiles(kept.changed, before), chain);
    const differences = compareFiles(planOn(before, chain).files, upgraded.files);
    if (unknowable[`${codemod}/${name}`] === undefined) expect(differences).toEqual([]);
    else expect(differences).toHaveLength(1);
    const again = planOn(upgraded.files, chain).plan?.codemods ?? [];
    expect(again.flatMap((one) => (one.status === 'applies' ? one.edits : []))).toEqual([]);
  });
});

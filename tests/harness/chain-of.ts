import { codemods } from '../../codemods/index.gen.ts';
import type { Codemod } from '../../src/contract/index.ts';
import { orderCodemods } from '../../src/registry/index.ts';
import type { Fixture } from './fixtures.ts';

/** The codemods a fixture is planned with, in order; the one under test is the last. */
export function chainOf(fixture: Fixture): readonly Codemod[] {
  const ids = [...fixture.with, fixture.codemod];
  const chain = orderCodemods(codemods).filter(({ meta }) => ids.includes(meta.id));
  if (chain.length !== ids.length)
    throw new Error(`${fixture.codemod}/${fixture.name} names codemods that do not exist: ${ids.join(', ')}`);
  return chain;
}

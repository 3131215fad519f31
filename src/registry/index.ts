import { type CodemodId, codemodIds, codemods as generated } from '../../codemods/index.gen.ts';
import { type Codemod, TracewrightError } from '../contract/index.ts';
import { checkCodemods } from './check.ts';
import { orderCodemods } from './order.ts';

export type { CodemodId } from '../../codemods/index.gen.ts';
export { checkCodemods } from './check.ts';
export { orderCodemods } from './order.ts';

/** A named list of codemods. */
export interface Recipe {
  readonly name: string;
  readonly codemods: readonly CodemodId[];
}

/** Every codemod that ships, in the order they are planned. */
export function listCodemods(): readonly Codemod[] {
  const faults = checkCodemods(generated);
  if (faults.length > 0) throw new TracewrightError('TW2090', faults.join('; '));
  return orderCodemods(generated);
}

/** The codemod with that id. */
export function findCodemod(id: string): Codemod {
  const codemod = generated.find(({ meta }) => meta.id === id);
  if (codemod === undefined) throw new TracewrightError('TW2011', id);
  return codemod;
}

/** Recipes by name; `trace` is what `plan` uses when nothing is chosen. */
export function listRecipes(): readonly Recipe[] {
  const isOptIn = (id: CodemodId): boolean => findCodemod(id).meta.optIn === true;
  return [{ name: 'trace', codemods: codemodIds.filter((id) => !isOptIn(id)) }];
}

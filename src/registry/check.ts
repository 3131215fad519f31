import type { Codemod } from '../contract/index.ts';
import { orderCodemods } from './order.ts';

const KEBAB = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** What is wrong with a set of codemods, one sentence each; empty when it may be used. */
export function checkCodemods(codemods: readonly Codemod[]): readonly string[] {
  const ids = codemods.map((codemod) => codemod.meta.id);
  const faults = codemods.flatMap((codemod) => checkMeta(codemod, ids));
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  faults.push(...twice.map((id) => `${id}: the id is used twice`));
  if (faults.length > 0) return faults;
  try {
    orderCodemods(codemods);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function checkMeta({ meta }: Codemod, ids: readonly string[]): string[] {
  const faults: string[] = [];
  if (!KEBAB.test(meta.id)) faults.push(`${meta.id}: the id is not <target>-<outcome> in kebab case`);
  if (meta.title.endsWith('.') || meta.title.split(' ').length >= 10)
    faults.push(`${meta.id}: the title ends in a full stop or has 10 words or more`);
  if (!/^[A-Z]/.test(meta.title)) faults.push(`${meta.id}: the title does not start with a capital letter`);
  if (!/^[A-Z`].*\.$/s.test(meta.description)) faults.push(`${meta.id}: the description is not made of full sentences`);
  if (meta.mentions.includes('')) faults.push(`${meta.id}: an empty needle matches every file`);
  faults.push(
    ...meta.after.filter((other) => !ids.includes(other)).map((other) => `${meta.id}: \`after\` names ${other}, which does not exist`),
  );
  return faults;
}

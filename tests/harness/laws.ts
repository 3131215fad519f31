import { parseSource } from '../../src/ast/parse.ts';
import type { Codemod, Edit } from '../../src/contract/index.ts';
import type { Tree } from '../../src/engine/index.ts';
import { canonicalJson } from '../../src/engine/plan/canonical.ts';
import { compareFiles } from './compare-files.ts';
import type { Fixture } from './fixtures.ts';
import { type Files, planOn } from './plan-fixture.ts';
import { rewriteAll, variants } from './variants.ts';

/** A law answers with what breaks it; nothing means it holds. `chain` ends in the codemod under test. */
export type Law = (chain: readonly Codemod[], fixture: Fixture) => readonly string[];

/** 1: before becomes after; without an `after` nothing changes. */
export const givesAfter: Law = (chain, { before, after }) => compareFiles(after ?? before, planOn(before, chain).files);

/** 2: a second plan finds the work done. */
export const isIdempotent: Law = (chain, { before, after }) => {
  const first = planOn(before, chain);
  const second = planOn(first.files, chain);
  const statuses = (second.plan?.codemods ?? []).flatMap((one) =>
    one.status === 'applies' && one.edits.length > 0 ? [`${one.id} applies again: ${one.edits[0]?.why}`] : [],
  );
  const own = second.plan?.codemods.find(({ id }) => id === chain.at(-1)?.meta.id)?.status;
  const isUnclear = after !== undefined && own !== 'satisfied' && own !== 'applies';
  return [
    ...compareFiles(first.files, second.files),
    ...statuses,
    ...(isUnclear ? [`the second plan says ${own ?? second.refusal?.message}, not satisfied`] : []),
  ];
};

/** 3: the order of files changes no byte of the plan, and the plan is plain JSON. */
export const isDeterministic: Law = (chain, { before }) => {
  const plan = planOn(before, chain).plan;
  const again = planOn(before, chain).plan;
  const reversed = planOn(before, chain, reverseOrder).plan;
  const text = plan === undefined ? '' : canonicalJson(plan);
  return [
    ...(text === (again === undefined ? '' : canonicalJson(again)) ? [] : ['planning twice gives two plans']),
    ...(text === (reversed === undefined ? '' : canonicalJson(reversed)) ? [] : ['the plan depends on the order of files']),
    ...(plan === undefined || canonicalJson(JSON.parse(text)) === text ? [] : ['the plan does not survive JSON']),
  ];
};

/** 3: parses are kept for speed only, so a file that is parsed again at every read gives the same plan. */
export const keepsNoParse: Law = (chain, { before }) => {
  let reads = 0;
  const forgetful = (tree: Tree): Tree => ({
    ...tree,
    read(file) {
      reads += 1;
      parseSource(`forget${reads % 3}.js`, `// ${reads} ${'x'.repeat(1_600_000)}`);
      return tree.read(file);
    },
  });
  return compareFiles(planOn(before, chain).files, planOn(before, chain, forgetful).files);
};

/** 4: the same under CRLF, BOM, tabs and without a final newline. */
export const holdsForVariants: Law = (chain, { before, after }) =>
  variants.flatMap((variant) => {
    const given = planOn(rewriteAll(variant, before, before), chain).files;
    const expected = rewriteAll(variant, after ?? before, before);
    return compareFiles(plainNew(expected, before), plainNew(given, before)).map((difference) => `with ${variant.name}: ${difference}`);
  });

/** A new file takes line endings and indentation from its neighbours, so these are left out of the comparison. */
function plainNew(files: Files, before: Files): Files {
  const plain = (bytes: Buffer): Buffer =>
    Buffer.from(
      bytes
        .toString('utf8')
        .replaceAll('\r\n', '\n')
        .replace(/^[\t ]+/gm, ''),
      'utf8',
    );
  return Object.fromEntries(
    Object.entries(files).map(([file, bytes]) => [file, file in before || file.endsWith('.tgz') ? bytes : plain(bytes)]),
  );
}

/** 5: whatever parsed before parses after, and so does every new source file. */
export const staysParsable: Law = (chain, { before }) =>
  changedSources(before, planOn(before, chain).files).flatMap(([file, old, text]) => {
    if (old !== undefined && parseSource(file, old).status === 'unparsable') return [];
    const result = parseSource(file, text);
    return result.status === 'parsed' ? [] : [`${file}:${result.line} no longer parses: ${result.message}`];
  });

/** 9: no line changes outside of the planned edits. Holds for one codemod, whose offsets refer to the files before. */
export const changesOnlyPlannedLines: Law = (chain, { before }) => {
  const { plan, files } = planOn(before, chain);
  const [only, second] = (plan?.codemods ?? []).filter(({ status }) => status === 'applies');
  if (only?.status !== 'applies' || second !== undefined) return [];
  return changedTexts(before, files).flatMap(([file, old, text]) => {
    const edits = only.edits.filter((edit) => edit.file === file);
    return old === undefined || edits.some(({ kind }) => kind !== 'splice') ? [] : strayLines(file, old, text, edits);
  });
};

/** Source files that are new or different, as path, old text and new text. */
export function changedSources(before: Files, after: Files): readonly [string, string | undefined, string][] {
  return changedTexts(before, after).filter(([file, , text]) => /\.[cm]?[jt]sx?$/.test(file) || /^#!.*node/.test(text));
}

function changedTexts(before: Files, after: Files): readonly [string, string | undefined, string][] {
  return Object.entries(after).flatMap(([file, bytes]): [string, string | undefined, string][] => {
    const old = before[file];
    return old?.equals(bytes) || bytes.includes(0) ? [] : [[file, old?.toString('utf8'), bytes.toString('utf8')]];
  });
}

/** Lines that no edit touches must be in the new text, in the same order. */
function strayLines(file: string, old: string, text: string, edits: readonly Edit[]): readonly string[] {
  const touched = edits.map((edit) => (edit.kind === 'splice' ? [edit.start, edit.end] : [0, 0]));
  const remaining = text.split('\n');
  let offset = 0;
  const stray: string[] = [];
  for (const line of old.split('\n')) {
    const end = offset + line.length;
    const isTouched = touched.some(([from = 0, to = 0]) => from <= end && to >= offset);
    const at = remaining.indexOf(line);
    if (!isTouched && at === -1) stray.push(`${file}: a line outside of every edit changed: ${line}`);
    if (!isTouched && at !== -1) remaining.splice(0, at + 1);
    offset = end + 1;
  }
  return stray;
}

function reverseOrder(tree: Tree): Tree {
  return { ...tree, files: [...tree.files].reverse(), mentioning: (needles) => [...tree.mentioning(needles)].reverse() };
}

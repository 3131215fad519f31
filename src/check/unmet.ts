import { type Edit, type PlannedCodemod, TracewrightError } from '../contract/index.ts';
import { composePlan, shippedWorkbench } from '../engine/index.ts';
import { listCodemods } from '../registry/index.ts';
import { type Finding, finding, lineIn, lineOfKey } from './finding.ts';
import type { Scene } from './scene.ts';

/** Asks the codemods of the receipt again: each must find its work done. */
export function findUnmet(scene: Scene, codemods: readonly string[]): readonly Finding[] {
  const { tree, survey } = scene;
  const known = listCodemods().filter(({ meta }) => codemods.includes(meta.id));
  const gone = codemods.filter((id) => !known.some(({ meta }) => meta.id === id));
  const retired = gone.map((id) => finding('TW2011', 'package.json', 1, `The receipt names ${id}, which this version does not have.`));
  const workbench = { ...shippedWorkbench(), takeSurvey: () => survey };
  try {
    const { plan } = composePlan(tree, { only: known.map(({ meta }) => meta.id), skip: [] }, workbench);
    return [...retired, ...plan.codemods.flatMap((planned) => unmetBy(scene, planned))];
  } catch (error) {
    if (!(error instanceof TracewrightError) || error.code.startsWith('TW9')) throw error;
    const { file, line } = placeIn(error.detail, tree.files);
    return [...retired, finding(error.code, file, line, `The codemods of the receipt no longer work here: ${error.detail}`, error.next)];
  }
}

function unmetBy(scene: Scene, planned: PlannedCodemod): readonly Finding[] {
  const code = isLaunch(planned.id) ? 'TW2103' : 'TW2102';
  if (planned.status === 'satisfied') return [];
  if (planned.status === 'unsupported') {
    // Without its name in a receipt nobody knows whether that codemod was ever for this repository.
    if (!scene.receipt?.applied.some(({ codemods }) => codemods.includes(planned.id))) return [];
    return [finding(code, 'package.json', 1, `${planned.id} no longer fits this repository: ${planned.why}`, planned.next)];
  }
  const files = [...new Set(planned.edits.map(({ file }) => file))];
  const missing = files.map((file) => {
    const own = planned.edits.filter((edit) => edit.file === file);
    const [first] = own;
    const more = own.length > 1 ? ` And ${own.length - 1} more in this file.` : '';
    return finding(code, file, first === undefined ? 1 : lineOfEdit(first, scene), `${planned.id}: ${first?.why ?? ''}${more}`);
  });
  const tasks = planned.tasks.map(({ file, line, why, next }): Finding => {
    const level = code === 'TW2103' && wasLoaded(scene, file) ? 'error' : 'warning';
    return { ...finding(code, file, line, `${planned.id}: ${why}`, next), level };
  });
  return [...missing, ...tasks];
}

/** Whether apply made an entry load its bootstrap, which the entry still names: what is wrong with that load came later. */
function wasLoaded({ receipt, tree }: Scene, file: string): boolean {
  const wrote = receipt?.files.some((each) => each.file === file) ?? false;
  return wrote && isEntry.test(file) && (tree.read(file) ?? '').includes('instrumentation.');
}

const isEntry = /(?:\.[cm]?[jt]s|(?:^|\/)bin\/[^/.]+)$/;

function isLaunch(id: string): boolean {
  return listCodemods().some(({ meta }) => meta.id === id && meta.kind === 'launch');
}

function lineOfEdit(edit: Edit, { tree }: Scene): number {
  const text = tree.read(edit.file);
  if (edit.kind === 'splice') return lineIn(text ?? '', edit.start);
  return edit.kind === 'manifest' ? lineOfKey(text, edit.path[0] ?? '') : 1;
}

/** The first `file:line` that a refusal names. */
function placeIn(detail: string, files: readonly string[]): { readonly file: string; readonly line: number } {
  for (const [, file = '', line] of detail.matchAll(/([\w@./-]+):(\d+)/g)) if (files.includes(file)) return { file, line: Number(line) };
  return { file: files.find((file) => file === 'package.json') ?? files[0] ?? 'package.json', line: 1 };
}

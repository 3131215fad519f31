import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { composePlan, openRepo, shippedWorkbench, type Tree } from '../engine/index.ts';
import { findCodemod } from '../registry/index.ts';
import { findRoot } from './find-root.ts';
import { withSource } from './with-source.ts';

/** What jscodeshift hands to a transform. */
export interface FileInfo {
  readonly path: string;
  readonly source: string;
}

interface Opened {
  readonly tree: Tree;
  /** New texts by file, as planned on the tree as it was opened. */
  readonly planned: ReadonlyMap<string, string>;
}

const opened = new Map<string, Opened>();

/**
 * Text of a file as this codemod alone would leave it; undefined when that is the text it has.
 * The rest of the repository is read from disk and never written.
 */
export function transformFile(id: string, { path, source }: FileInfo): string | undefined {
  const absolute = realpathSync(resolve(path));
  const root = findRoot(absolute);
  const file = relative(root, absolute).split(sep).join('/');
  const { tree, planned } = openOnce(id, root);
  const text = tree.read(file) === source ? planned.get(file) : planTexts(id, withSource(tree, file, source)).get(file);
  return text === source ? undefined : text;
}

function openOnce(id: string, root: string): Opened {
  const key = `${id} ${root}`;
  const known = opened.get(key);
  if (known !== undefined) return known;
  const tree = openRepo(root, findCodemod(id).meta.mentions);
  const fresh = { tree, planned: planTexts(id, tree) };
  opened.set(key, fresh);
  return fresh;
}

/** Refusals that mean: nothing to do in this repository. */
const refusals: ReadonlySet<string> = new Set(['TW2002', 'TW2003']);

function planTexts(id: string, tree: Tree): ReadonlyMap<string, string> {
  try {
    const { changes } = composePlan(tree, { only: [id], skip: [] }, { ...shippedWorkbench(), codemods: [findCodemod(id)] });
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return new Map(changes.flatMap(({ file, after }): [string, string][] => (after === null ? [] : [[file, decoder.decode(after)]])));
  } catch (error) {
    if (error instanceof TracewrightError && refusals.has(error.code)) return new Map();
    throw error;
  }
}

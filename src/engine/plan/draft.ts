import { type Edit, type Repo, TracewrightError } from '../../contract/index.ts';
import { byCodeUnit } from './canonical.ts';
import { type Change, createIn, type DraftFile, deleteIn, editIn, toChange, untouched } from './draft-file.ts';
import { mentions } from './memory-tree.ts';
import { needlePattern } from './needles.ts';
import type { Tree } from './tree.ts';
import { checkPath, invalid, sortPlanned } from './validate-edits.ts';

/** The tree as left by the codemods so far: a Repo to the next one, changes to the engine. */
export interface Draft {
  /** Another one after every `add`: what was found out about the earlier one no longer holds. */
  readonly repo: Repo;
  add(codemod: string, edits: readonly Edit[]): void;
  changes(): readonly Change[];
}

/** Starts a draft on a tree; `asset` gives the bytes of a file that ships with the toolkit. */
export function startDraft(tree: Tree, asset: (name: string) => Uint8Array): Draft {
  const drafts = new Map<string, DraftFile>();
  const add = (codemod: string, file: string, edits: readonly Edit[]): void => {
    checkPath(codemod, file);
    const earlier = drafts.get(file);
    const isThere = earlier === undefined ? tree.bytes(file) !== undefined : earlier.content !== undefined;
    // What only goes away is not read as text, which might say that it is none.
    const isOnlyDeleted = edits.every(({ kind }) => kind === 'delete');
    const draft = earlier ?? untouched((isOnlyDeleted ? undefined : tree.read(file)) ?? tree.bytes(file));
    const created = createAll(draft, codemod, file, isThere, edits, asset);
    drafts.set(file, deleteAll(editAll(created, codemod, file, edits), codemod, file, edits));
  };
  let repo = repoOf(tree, drafts);
  return {
    get repo() {
      return repo;
    },
    add(codemod, edits) {
      for (const edit of edits) if (edit.why.trim() === '') throw invalid(codemod, edit.file, 'it has no reason');
      for (const [file, own] of byFile(sortPlanned(edits))) add(codemod, file, own);
      repo = repoOf(tree, drafts);
    },
    changes: () =>
      [...drafts]
        .sort(([a], [b]) => byCodeUnit(a, b))
        .map(([file, draft]) => toChange(file, draft))
        .filter((change) => change !== undefined),
  };
}

function byFile(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) {
    const known = files.get(edit.file);
    if (known === undefined) files.set(edit.file, [edit]);
    else known.push(edit);
  }
  return files;
}

function createAll(
  draft: DraftFile,
  codemod: string,
  file: string,
  isThere: boolean,
  edits: readonly Edit[],
  asset: (name: string) => Uint8Array,
): DraftFile {
  const [first, second] = edits.filter((edit) => edit.kind === 'create');
  if (first === undefined) return draft;
  if (isThere || second !== undefined) throw new TracewrightError('TW2013', file);
  return createIn(draft, codemod, 'text' in first ? first.text : asset(first.asset), first.why);
}

function editAll(draft: DraftFile, codemod: string, file: string, edits: readonly Edit[]): DraftFile {
  const splices = edits.filter((edit) => edit.kind === 'splice');
  const values = edits.filter((edit) => edit.kind === 'manifest');
  return splices.length + values.length === 0 ? draft : editIn(draft, codemod, file, splices, values);
}

function deleteAll(draft: DraftFile, codemod: string, file: string, edits: readonly Edit[]): DraftFile {
  const [first] = edits.filter((edit) => edit.kind === 'delete');
  if (first === undefined) return draft;
  if (draft.content === undefined) throw invalid(codemod, file, 'there is no such file');
  return deleteIn(draft, codemod, first.why);
}

function repoOf(tree: Tree, drafts: ReadonlyMap<string, DraftFile>): Repo {
  const mentioned = new Map<string, readonly string[]>();
  return {
    files: drafts.size === 0 ? tree.files : filesOf(tree, drafts),
    read(file) {
      const draft = drafts.get(file);
      if (draft === undefined) return tree.read(file);
      return typeof draft.content === 'string' ? draft.content : undefined;
    },
    mentioning(needles) {
      const found = tree.mentioning(needles);
      if (drafts.size === 0) return found;
      const question = JSON.stringify(needles);
      const before = mentioned.get(question);
      if (before !== undefined) return before;
      const pattern = needlePattern(needles);
      const drafted = [...drafts].filter(([file, { content }]) => typeof content === 'string' && mentions(file, content, pattern));
      const now = [...found.filter((file) => !drafts.has(file)), ...drafted.map(([file]) => file)].sort();
      mentioned.set(question, now);
      return now;
    },
  };
}

function filesOf(tree: Tree, drafts: ReadonlyMap<string, DraftFile>): readonly string[] {
  const kept = tree.files.filter((file) => !drafts.has(file));
  const there = [...drafts].flatMap(([file, { content }]) => (content === undefined ? [] : [file]));
  return [...kept, ...there].sort();
}

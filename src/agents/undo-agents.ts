import { TracewrightError } from '../contract/index.ts';
import { type NewText, readFileReceipt, restoreTexts, type TakeOut, textsToRestore } from '../engine/apply/file-receipt.ts';
import { AGENTS } from '../engine/apply/home.ts';
import type { PutBack } from '../engine/index.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
import { placed } from './init-agents.ts';
import type { Asked } from './piece.ts';
import { pieces } from './pieces.ts';
import { ownProgram } from './program.ts';
import { readText } from './target-file.ts';

/** What became of the files that agent-init had written. */
export interface AgentsUndone {
  /** As they were before, byte for byte; edited since: only ours taken out. */
  readonly restored: readonly string[];
  readonly removed: readonly string[];
  /** Edited since, and ours could not be told apart: left as they are. */
  readonly left: readonly string[];
}

/** Lists what `undoAgents` would write, and writes nothing: the receipt that names it may be a stranger's. */
export function previewUndoAgents(folder: string, program?: readonly string[]): readonly PutBack[] {
  const { root, files, takeOut, hasReceipt } = prepare(folder, program);
  const texts = textsToRestore(root, AGENTS, files, takeOut);
  if (!hasReceipt && texts.length === 0) throw nothingWritten(folder);
  return texts.map(({ file, before, after }) => ({ file, now: bytes(before), next: bytes(after) }));
}

/** Takes out what agent-init wrote: every byte as before, or, where a file was edited since, ours alone. */
export function undoAgents(folder: string, program?: readonly string[]): AgentsUndone {
  const { root, files, takeOut, hasReceipt, left } = prepare(folder, program);
  const texts = restoreTexts(root, AGENTS, files, takeOut);
  if (!hasReceipt && texts.length === 0) throw nothingWritten(folder);
  const names = (some: (text: NewText) => boolean): readonly string[] => texts.filter(some).map(({ file }) => file);
  return {
    restored: names(({ after }) => after !== undefined),
    removed: [...names(({ after }) => after === undefined), ...(hasReceipt ? [AGENTS] : [])].sort(),
    left,
  };
}

interface Prepared {
  readonly root: string;
  readonly files: readonly string[];
  readonly takeOut: TakeOut;
  readonly hasReceipt: boolean;
  readonly left: readonly string[];
}

function prepare(folder: string, program: readonly string[] | undefined): Prepared {
  const root = realRoot(folder);
  const asked: Asked = { program: program ?? ownProgram(root) };
  const places = new Map(placed(root, pieces));
  const left: string[] = [];
  const hasReceipt = readFileReceipt(root, AGENTS) !== undefined;
  const takeOut = (file: string, text: string): string | undefined => {
    const piece = places.get(file);
    const rest = piece === undefined ? text : piece.remove(text, asked);
    if (rest === text && hasReceipt) left.push(file);
    return rest;
  };
  for (const file of places.keys()) readText(root, file);
  return { root, files: [...places.keys()], takeOut, hasReceipt, left };
}

function nothingWritten(folder: string): TracewrightError {
  return new TracewrightError('TW2010', folder, { next: 'agent-init has written nothing here.' });
}

function bytes(text: string | undefined): Uint8Array | null {
  return text === undefined ? null : Buffer.from(text, 'utf8');
}

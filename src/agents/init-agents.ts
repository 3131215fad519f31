import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { type NewText, writeTexts } from '../engine/apply/file-receipt.ts';
import { AGENTS } from '../engine/apply/home.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
import { ownTaskList } from '../tasks/mirror/list-place.ts';
import { gitHookNote } from './git-hook-note.ts';
import type { Agent, Asked, Piece } from './piece.ts';
import { agents, pieces } from './pieces.ts';
import { ownProgram } from './program.ts';
import { readText, realFile } from './target-file.ts';
import { taskListNotes } from './task-list-piece.ts';

export interface AgentsOptions {
  /** Empty: those whose files are there, else Claude Code. */
  readonly agents: readonly Agent[];
  /** How agents start Tracewright; default: as this process was started. */
  readonly program?: readonly string[];
}

/** What agent-init writes, or wrote. */
export interface AgentsReport {
  readonly agents: readonly Agent[];
  /** Why these agents. */
  readonly chosen: 'named' | 'found' | 'default';
  /** Words that start Tracewright in what is written. */
  readonly program: readonly string[];
  readonly files: readonly { readonly file: string; readonly kind: 'create' | 'change'; readonly what: string; readonly patch: string }[];
  /** Written beside them: what `--undo` needs. Undefined when there is nothing to write. */
  readonly receipt: string | undefined;
  /** Files that are for everybody who has the repository; none where there is no git. */
  readonly toCommit: readonly string[];
  /** Files that say all of it already. */
  readonly unchanged: readonly string[];
  readonly notes: readonly string[];
}

/** What would be written into a folder. Writes nothing. */
export function planAgents(folder: string, options: AgentsOptions): AgentsReport {
  return prepare(realRoot(folder), options).report;
}

/** Writes what agents need into a folder, all of it or nothing; a second time writes nothing. */
export function initAgents(folder: string, options: AgentsOptions): AgentsReport {
  const root = realRoot(folder);
  const { report, texts } = prepare(root, options);
  if (texts.length > 0) writeTexts(root, AGENTS, texts);
  return report;
}

function prepare(root: string, options: AgentsOptions): { readonly report: AgentsReport; readonly texts: readonly NewText[] } {
  const { chosen, who } = choose(root, options.agents);
  const taskList = ownTaskList(root);
  const asked: Asked = { program: options.program ?? ownProgram(root), ...(taskList === undefined ? {} : { taskList }) };
  const wanted = pieces.filter(({ agents: readers }) => readers.length === 0 || readers.some((agent) => who.includes(agent)));
  const made = placed(root, wanted).flatMap(([file, piece]) => {
    const before = readText(root, file);
    const after = piece.add(before, asked);
    return after === undefined ? [] : [{ piece, text: { file, before, after, ...(piece.mode === undefined ? {} : { mode: piece.mode }) } }];
  });
  const changed = made.filter(({ text }) => text.before !== text.after).sort((a, b) => (a.text.file < b.text.file ? -1 : 1));
  const files = changed.map(({ piece, text: { file, before, after } }) => ({
    file,
    kind: before === undefined ? ('create' as const) : ('change' as const),
    what: piece.what,
    patch: createTwoFilesPatch(before === undefined ? '/dev/null' : `a/${file}`, `b/${file}`, before ?? '', after, '', ''),
  }));
  const unchanged = made.filter(({ text }) => text.before === text.after).map(({ text }) => text.file);
  const receipt = files.length === 0 ? undefined : AGENTS;
  const shared = [
    ...changed.filter(({ piece }) => piece.isOwn !== true).map(({ text }) => text.file),
    ...(receipt === undefined ? [] : [receipt]),
  ];
  const lists = who.includes('claude') ? taskListNotes(root, asked) : [];
  const notes = [...cloneNote(options, asked), ...lists, ...[gitHookNote(root, asked) ?? []].flat()];
  return {
    texts: changed.map(({ text }) => text),
    report: {
      agents: who,
      chosen,
      program: asked.program,
      files,
      receipt,
      toCommit: taskList === undefined ? [] : shared.sort(),
      unchanged: unchanged.sort(),
      notes,
    },
  };
}

/** Each piece with the real file it belongs in; names that lead to one file count once. */
export function placed(root: string, wanted: readonly Piece[]): readonly (readonly [file: string, piece: Piece])[] {
  const places = new Map<string, Piece>();
  for (const piece of wanted) {
    if (piece.needs !== undefined && !existsSync(join(root, piece.needs))) continue;
    const file = realFile(root, piece.file);
    if (!places.has(file)) places.set(file, piece);
  }
  return [...places];
}

function choose(root: string, named: readonly Agent[]): { readonly chosen: AgentsReport['chosen']; readonly who: readonly Agent[] } {
  if (named.length > 0) return { chosen: 'named', who: [...new Set(named)].sort() };
  const all: readonly Agent[] = ['claude', 'codex', 'cursor', 'vscode'];
  const found = all.filter((agent) => agents[agent].signs.some((sign) => existsSync(join(root, sign))));
  return found.length > 0 ? { chosen: 'found', who: found } : { chosen: 'default', who: ['claude'] };
}

function cloneNote({ program }: AgentsOptions, asked: Asked): readonly string[] {
  if (program !== undefined || asked.program[0] !== 'node') return [];
  return [
    'These files start the clone this ran from. Before you share them, run it again with --command and what starts Tracewright on every machine.',
  ];
}

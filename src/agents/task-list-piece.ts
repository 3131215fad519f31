import { spawnSync } from 'node:child_process';
import { recordsEnvironment } from '../engine/index.ts';
import { readJson, removeJson, setJson, valueAt } from './json-merge.ts';
import type { Asked, Piece } from './piece.ts';

const file = '.claude/settings.local.json';
const LIST = 'CLAUDE_CODE_TASK_LIST_ID';
const TOOLS = 'CLAUDE_CODE_ENABLE_TODO_TOOLS';

/** Which task list Claude Code uses here, and that newer models see tasks at all. A list that a person chose stays. */
export const taskListPiece: Piece = {
  file,
  agents: ['claude'],
  what: 'task list of this branch, and tasks for newer models',
  isOwn: true,
  add(text, { taskList }) {
    if (taskList === undefined || (text !== undefined && isForeign(text))) return text;
    const wanted = { [LIST]: taskList, [TOOLS]: '1' };
    return Object.entries(wanted).reduce((merged, [name, value]) => {
      const read = readJson(file, merged);
      return valueAt(read, ['env', name])?.value === value ? merged : setJson(read, ['env', name], value);
    }, text ?? '');
  },
  remove(text) {
    if (listIn(text) === undefined || isForeign(text)) return text;
    return [LIST, TOOLS].reduce<string | undefined>((left, name) => {
      const read = left === undefined ? undefined : readJson(file, left);
      return read === undefined || valueAt(read, ['env', name]) === undefined ? left : removeJson(read, ['env', name]);
    }, text);
  },
};

function listIn(text: string): unknown {
  return valueAt(readJson(file, text), ['env', LIST])?.value;
}

function isForeign(text: string): boolean {
  const list = listIn(text);
  return list !== undefined && !String(list).startsWith('tracewright-');
}

/** What the list needs from a person; nothing where there is none. */
export function taskListNotes(root: string, { taskList }: Asked): readonly string[] {
  if (taskList === undefined) return [];
  const { status } = spawnSync('git', ['check-ignore', '-q', file], { cwd: root, env: recordsEnvironment() });
  return [
    `Claude Code uses the task list ${taskList} after a restart. It belongs to this branch of work: run agent-init again on another.`,
    ...(status === 1 ? [`${file} is for this machine alone: add it to .gitignore.`] : []),
  ];
}

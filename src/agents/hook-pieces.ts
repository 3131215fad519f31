import { lineEndingOf } from '../engine/line-ending.ts';
import { readJson, removeJson, setJson, valueAt } from './json-merge.ts';
import type { Piece } from './piece.ts';
import { cannotMerge } from './refuse.ts';
import { typed } from './texts.ts';

const settings = '.claude/settings.json';
const before = ['hooks', 'PreToolUse'];

/** Before Claude Code writes a file or commits: refused with exit code 2 and the transform to call. */
export const claudeHook: Piece = {
  file: settings,
  agents: ['claude'],
  what: 'hook that refuses OpenTelemetry by hand',
  add(text, asked) {
    const wanted = hooksFor(`cd "$CLAUDE_PROJECT_DIR" && ${typed(asked)} check --hook claude`);
    return wanted.reduce((merged, one) => addHook(merged, one), text ?? '');
  },
  remove(text) {
    let left: string | undefined = text;
    for (let at = entriesIn(text).length - 1; at >= 0 && left !== undefined; at -= 1)
      if (isOurs(entriesIn(left)[at])) left = removeJson(readJson(settings, left), [...before, at]);
    return left;
  },
};

interface HookEntry {
  readonly matcher: string;
  readonly hooks: readonly { readonly type: 'command'; readonly command: string; readonly if?: string; readonly timeout: number }[];
}

/** Claude Code's entries; `if` keeps every other shell command from starting the hook. */
export function hooksFor(command: string): readonly HookEntry[] {
  return [
    { matcher: 'Edit|MultiEdit|Write', hooks: [{ type: 'command', command, timeout: 30 }] },
    { matcher: 'Bash', hooks: [{ type: 'command', command, if: 'Bash(git commit *)', timeout: 60 }] },
  ];
}

function addHook(text: string, wanted: HookEntry): string {
  const read = readJson(settings, text);
  const entries = entriesIn(text);
  const at = entries.findIndex((entry) => isOurs(entry) && matcherOf(entry) === wanted.matcher);
  if (at === -1) return setJson(read, [...before, entries.length], wanted);
  return JSON.stringify(entries[at]) === JSON.stringify(wanted) ? text : setJson(read, [...before, at], wanted);
}

function entriesIn(text: string): readonly unknown[] {
  const found = valueAt(readJson(settings, text), before);
  if (found === undefined) return [];
  if (Array.isArray(found.value)) return found.value;
  throw cannotMerge(settings, found.line, `${before.join('.')} is not a list`);
}

function isOurs(entry: unknown): boolean {
  const hooks = fieldOf(entry, 'hooks');
  return Array.isArray(hooks) && hooks.length === 1 && / check --hook claude$/.test(String(fieldOf(hooks[0], 'command')));
}

function matcherOf(entry: unknown): unknown {
  return fieldOf(entry, 'matcher');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const ourLine = /^.* check --staged # tracewright agent-init\r?\n?/m;

/** One line on top of husky's hook, behind what husky itself puts there: after an `exec` or `exit` nothing runs. */
export const huskyHook: Piece = {
  file: '.husky/pre-commit',
  needs: '.husky',
  agents: [],
  what: 'hook that refuses OpenTelemetry by hand',
  mode: 0o755,
  add(text = '', asked) {
    const line = `${typed(asked)} check --staged # tracewright agent-init${lineEndingOf(text)}`;
    if (ourLine.test(text)) return text.replace(ourLine, () => line);
    const head = /^(?:(?:#|\. )[^\n]*\n|\s*\n)*/.exec(text)?.[0] ?? '';
    return head + line + text.slice(head.length);
  },
  remove(text) {
    const left = text.replace(ourLine, '');
    return left.trim() === '' ? undefined : left;
  },
};

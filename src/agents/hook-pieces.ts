import { lineEndingOf } from '../engine/plan/line-ending.ts';
import { readJson, removeJson, setJson, valueAt } from './json-merge.ts';
import type { Asked, Piece } from './piece.ts';
import { cannotMerge } from './refuse.ts';
import { typed } from './texts.ts';

const settings = '.claude/settings.json';
const events = ['PreToolUse', 'TaskCompleted'] as const;

/** Claude Code asks before it writes a file, commits or completes a task: refused with exit code 2 and what to call. */
export const claudeHook: Piece = {
  file: settings,
  agents: ['claude'],
  what: 'hooks that refuse OpenTelemetry by hand and unproven tasks',
  add(text, asked) {
    const wanted = hooksFor(asked);
    return events.reduce((all, event) => wanted[event].reduce((merged, one) => addHook(merged, event, one), all), text ?? '');
  },
  remove(text) {
    return events.reduce<string | undefined>((left, event) => (left === undefined ? left : removeHooks(left, event)), text);
  },
};

type HookEvent = (typeof events)[number];

interface HookEntry {
  readonly matcher?: string;
  readonly hooks: readonly { readonly type: 'command'; readonly command: string; readonly if?: string; readonly timeout: number }[];
}

/** Claude Code's entries; `if` keeps every other shell command from starting the hook. */
export function hooksFor(asked: Asked): Readonly<Record<HookEvent, readonly HookEntry[]>> {
  const start = `cd "$CLAUDE_PROJECT_DIR" && ${typed(asked)}`;
  const check = { type: 'command', command: `${start} check --hook claude` } as const;
  return {
    PreToolUse: [
      { matcher: 'Edit|MultiEdit|Write', hooks: [{ ...check, timeout: 30 }] },
      { matcher: 'Bash', hooks: [{ ...check, if: 'Bash(git commit *)', timeout: 60 }] },
    ],
    TaskCompleted: [{ hooks: [{ type: 'command', command: `${start} tasks hook`, timeout: 30 }] }],
  };
}

function addHook(text: string, event: HookEvent, wanted: HookEntry): string {
  const read = readJson(settings, text);
  const entries = entriesIn(text, event);
  const at = entries.findIndex((entry) => isOurs(entry) && fieldOf(entry, 'matcher') === wanted.matcher);
  if (at === -1) return setJson(read, ['hooks', event, entries.length], wanted);
  return JSON.stringify(entries[at]) === JSON.stringify(wanted) ? text : setJson(read, ['hooks', event, at], wanted);
}

function removeHooks(text: string, event: HookEvent): string | undefined {
  let left: string | undefined = text;
  for (let at = entriesIn(text, event).length - 1; at >= 0 && left !== undefined; at -= 1)
    if (isOurs(entriesIn(left, event)[at])) left = removeJson(readJson(settings, left), ['hooks', event, at]);
  return left;
}

function entriesIn(text: string, event: HookEvent): readonly unknown[] {
  const found = valueAt(readJson(settings, text), ['hooks', event]);
  if (found === undefined) return [];
  if (Array.isArray(found.value)) return found.value;
  throw cannotMerge(settings, found.line, `hooks.${event} is not a list`);
}

function isOurs(entry: unknown): boolean {
  const hooks = fieldOf(entry, 'hooks');
  return Array.isArray(hooks) && hooks.length === 1 && / (?:check --hook claude|tasks hook)$/.test(String(fieldOf(hooks[0], 'command')));
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

import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { isRecord } from '../contract/record.ts';
import { RECEIPT } from '../engine/apply/home.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
import { checkStaged, judge, type StagedFinding, type StagedReport, stepsFor } from './check-staged.ts';
import { isLookedAt } from './freehand-text.ts';
import { readAllowed } from './read-allowed.ts';
import { readUnstaged } from './staged-files.ts';

/** What an agent says it is about to do: https://code.claude.com/docs/en/hooks */
interface ToolCall {
  readonly cwd: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const commits = /\bgit\b[^|;&]*\bcommit\b/;
/** The same command stages first, so that the index does not say yet what is committed. */
const stages = /\bgit\b[^|;&]*\b(?:add|stage)\b|\bcommit\b[^|;&]*\s(?:-[a-z]*a|--all|--include|--only|-[io]\b)/;

/** What a tool call of Claude Code would add by hand: the file as it would be, or, before a commit, what would be in it. */
export function checkToolCall(folder: string, json: string): Pick<StagedReport, 'findings' | 'steps'> {
  const root = realRoot(folder);
  const { cwd, tool, input } = readCall(json, root);
  const all = tool === 'Bash' ? beforeCommit(root, String(input['command'])) : afterWrite(root, cwd, tool, input);
  const findings = all.filter(({ level }) => level === 'error');
  return { findings, steps: stepsFor(findings, existsSync(join(root, RECEIPT))) };
}

function beforeCommit(root: string, command: string): readonly StagedFinding[] {
  if (!commits.test(command)) return [];
  return stages.test(command) ? judge(readUnstaged(root, isLookedAt), allowedIn(root)) : checkStaged(root).findings;
}

function afterWrite(root: string, cwd: string, tool: string, input: ToolCall['input']): readonly StagedFinding[] {
  const path = resolve(cwd, String(input['file_path'] ?? ''));
  const file = relative(root, path).replaceAll('\\', '/');
  if (file === '' || file.startsWith('../') || !isLookedAt(file)) return [];
  const before = readText(path);
  const text = textAfter(tool, input, before);
  return text === undefined ? [] : judge([{ file, text, before: before === undefined ? [] : [before] }], allowedIn(root));
}

function allowedIn(root: string): readonly string[] {
  return readAllowed(readText(join(root, 'tracewright.yaml')));
}

/** The text after the call; undefined when it is none of ours to judge, or will fail by itself. */
function textAfter(tool: string, input: ToolCall['input'], before: string | undefined): string | undefined {
  if (tool === 'Write') return typeof input['content'] === 'string' ? input['content'] : undefined;
  const edits: readonly unknown[] = tool === 'MultiEdit' && Array.isArray(input['edits']) ? input['edits'] : tool === 'Edit' ? [input] : [];
  if (edits.length === 0) return undefined;
  return edits.reduce<string | undefined>((text, edit) => {
    const { old_string: old, new_string: fresh, replace_all: all } = isRecord(edit) ? edit : {};
    if (text === undefined || typeof old !== 'string' || typeof fresh !== 'string' || !text.includes(old)) return undefined;
    return all === true ? text.replaceAll(old, () => fresh) : text.replace(old, () => fresh);
  }, before ?? '');
}

function readCall(json: string, root: string): ToolCall {
  try {
    const call: unknown = JSON.parse(json);
    if (isRecord(call) && typeof call['tool_name'] === 'string' && isRecord(call['tool_input'])) {
      return { cwd: typeof call['cwd'] === 'string' ? call['cwd'] : root, tool: call['tool_name'], input: call['tool_input'] };
    }
  } catch (cause) {
    throw new TracewrightError('TW1083', 'it is not JSON', { cause });
  }
  throw new TracewrightError('TW1083', 'it names no tool call');
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

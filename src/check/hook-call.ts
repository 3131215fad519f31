import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { realRoot } from '../engine/open-repo.ts';
import { findAdded } from './added.ts';
import { checkStaged, type StagedFinding, withTransform } from './check-staged.ts';
import { freehandInText, isLookedAt } from './freehand-text.ts';
import { readAllowed } from './read-allowed.ts';
import { covers } from './scene.ts';

/** What an agent says it is about to do: https://code.claude.com/docs/en/hooks */
interface ToolCall {
  readonly cwd: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What a tool call of Claude Code would add by hand: the file as it would be, or, before a commit, what is staged. */
export function checkToolCall(folder: string, json: string): readonly StagedFinding[] {
  const root = realRoot(folder);
  const { cwd, tool, input } = readCall(json, root);
  if (tool === 'Bash') return /\bgit\b[^|;&]*\bcommit\b/.test(String(input['command'])) ? errorsIn(checkStaged(root).findings) : [];
  const path = resolve(cwd, String(input['file_path'] ?? ''));
  const file = relative(root, path).replaceAll('\\', '/');
  if (file === '' || file.startsWith('../') || !isLookedAt(file) || covers(readAllowed(readText(join(root, 'tracewright.yaml'))), file))
    return [];
  const before = readText(path);
  const after = textAfter(tool, input, before);
  const found = after === undefined ? [] : findAdded(after, before === undefined ? [] : [before], (text) => freehandInText(file, text));
  return errorsIn(found.map(withTransform));
}

function errorsIn(findings: readonly StagedFinding[]): readonly StagedFinding[] {
  return findings.filter(({ level }) => level === 'error');
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isRecord } from '../../contract/record.ts';
/** One task of Claude Code, as each of the measured versions (2.1.16 to 2.1.330) has it on disk. It strips every other key; only `metadata` is kept. */
export interface ClaudeTask {
  readonly id: string;
  readonly subject: string;
  readonly description: string;
  readonly activeForm?: string;
  readonly status: 'pending' | 'in_progress' | 'completed';
  readonly owner?: string;
  readonly blocks: readonly string[];
  readonly blockedBy: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const statuses = ['pending', 'in_progress', 'completed'] as const;
const isText = (value: unknown): value is string => typeof value === 'string';
const isList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);

/** The task that a text holds; undefined when Claude Code would not take it for one either. Throws SyntaxError on half-written JSON. */
export function parseTask(text: string): ClaudeTask | undefined {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) return undefined;
  const { id, subject, description, activeForm, status, owner, blocks, blockedBy, metadata } = value;
  const known = statuses.find((each) => each === status);
  if (!isText(id) || !isText(subject) || !isText(description) || known === undefined || !isList(blocks) || !isList(blockedBy))
    return undefined;
  for (const each of [activeForm, owner]) if (each !== undefined && !isText(each)) return undefined;
  if (metadata !== undefined && !isRecord(metadata)) return undefined;
  return {
    id,
    subject,
    description,
    ...(isText(activeForm) ? { activeForm } : {}),
    status: known,
    ...(isText(owner) ? { owner } : {}),
    blocks,
    blockedBy,
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** The bytes Claude Code writes: its key order, two spaces, no line end. */
export function taskText({ id, subject, description, activeForm, status, owner, blocks, blockedBy, metadata }: ClaudeTask): string {
  return JSON.stringify({ id, subject, description, activeForm, status, owner, blocks, blockedBy, metadata }, null, 2);
}

/** Which step of which repository a task of ours stands for. */
export interface Mark {
  readonly repo: string;
  readonly step: string;
  readonly identity: string;
  /** The step left the graph before it was done. */
  readonly dropped?: true;
}

/** Our mark on a task; undefined on everybody else's, which we never touch. */
export function markOf({ metadata }: ClaudeTask): Mark | undefined {
  const mark = metadata?.['tracewright'];
  if (!isRecord(mark)) return undefined;
  const { repo, step, identity, dropped } = mark;
  if (!isText(repo) || !isText(step) || !isText(identity)) return undefined;
  return { repo, step, identity, ...(dropped === true ? { dropped } : {}) };
}

/** The step named in a subject such as `[tracewright:verify] Run the tests`. */
export function stepIn(subject: string): string | undefined {
  return /\[tracewright:([a-z0-9][a-z0-9._:-]{0,63})\]/i.exec(subject)?.[1];
}

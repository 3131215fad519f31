import type { CallToolResult } from '@modelcontextprotocol/server';

export type ToolName = 'apply' | 'explain' | 'plan' | 'status' | 'undo' | 'verify';

/** Arguments as they travel: the SDK has parsed them, a schema has checked them. */
export type Input = Readonly<Record<string, unknown>>;

/** The one call to make now; a client that only follows these migrates and verifies a repository. */
export interface NextCall {
  readonly tool: ToolName;
  readonly arguments: Input;
  readonly why: string;
}

/** Key of what only a view reads. It travels in `_meta`, which no model sees, so it may hold clocks. */
export const forView: unique symbol = Symbol('for a view');

/** What every answer ends with. `done`: nothing is left to call. */
export interface Answer {
  readonly [fact: string]: unknown;
  readonly done: boolean;
  readonly next: NextCall;
  readonly [forView]?: Readonly<Record<string, unknown>>;
}

/** An answer that is an error for the client as well. */
export interface Fault extends Answer {
  readonly code: string;
  readonly message: string;
  readonly done: false;
}

/** No answer is longer than this, in characters of JSON: 8,000 tokens of four. */
export const HARD_CAP = 32_000;

/** How answers are as long as they are, when nothing else was asked for. */
export const DEFAULT_CAP = 8_000;

/** Hosts hand the model either of the two, so each is complete. */
export function toResult(answer: Answer | Fault): CallToolResult {
  const { [forView]: _meta, ...structuredContent } = answer;
  const failed = 'code' in answer && 'message' in answer;
  return {
    content: [{ type: 'text', text: JSON.stringify(structuredContent) }],
    structuredContent,
    ...(_meta && { _meta }),
    ...(failed ? { isError: true } : {}),
  };
}

/** A call without the arguments that are not set. */
export function nextCall(tool: ToolName, input: Input, why: string): NextCall {
  return { tool, arguments: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)), why };
}

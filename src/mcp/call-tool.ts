import type { CallToolResult } from '@modelcontextprotocol/server';
import { type Answer, type Fault, type Input, toResult } from './answer.ts';
import { confinePlace, confineRoot, type Root } from './confine-root.ts';
import { faultOf } from './fault.ts';
import { textOf } from './input.ts';
import type { Carrier, SpanScope, Telemetry } from './telemetry.ts';
import type { Tool } from './tool.ts';
import { validate } from './validate.ts';

/** What all calls of a server share. */
export interface Setting {
  readonly version: string;
  /** Real paths of the folders it may touch; the first is what `.` means. */
  readonly allowed: readonly string[];
  /** How long a call waits for work in the background. */
  readonly waitMs: number;
  readonly telemetry: Telemetry;
}

/** One request, as the transport hands it over. */
export interface Request {
  readonly input: Input;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** Checks the arguments, finds the root, does the call in a span, and turns whatever happens into an answer. */
export function callTool(tool: Tool, { input, meta, signal }: Request, setting: Setting): Promise<CallToolResult> {
  return setting.telemetry.traced(`tools/call ${tool.name}`, carrierOf(meta), async (scope) => {
    scope.set({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': tool.name, 'gen_ai.operation.name': 'execute_tool' });
    const answer = await answerOf(tool, input, signal, scope, setting);
    if ('code' in answer && 'message' in answer) scope.fail(String(answer.code));
    return toResult(answer);
  });
}

async function answerOf(tool: Tool, input: Input, signal: AbortSignal, scope: SpanScope, setting: Setting): Promise<Answer | Fault> {
  let root: Root = { path: setting.allowed[0] ?? '/', name: '.' };
  try {
    await validate(tool.inputSchema, input);
    const given = textOf(input, 'root');
    if (given !== undefined) root = (textOf(input, 'template') === undefined ? confineRoot : confinePlace)(given, setting.allowed);
    return await tool.call(input, { root, waitMs: setting.waitMs, signal, scope });
  } catch (error) {
    return faultOf(error, tool.name, { ...input, ...('root' in input && { root: root.name }) }, root.path);
  }
}

/** The trace that a client continues here (SEP-414). */
function carrierOf(meta: Readonly<Record<string, unknown>>): Carrier {
  return Object.fromEntries(
    ['traceparent', 'tracestate', 'baggage'].flatMap((key) => (typeof meta[key] === 'string' ? [[key, meta[key]] as const] : [])),
  );
}

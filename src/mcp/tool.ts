import type { JSONValue, ToolAnnotations } from '@modelcontextprotocol/server';
import type { Answer, Fault, Input, ToolName } from './answer.ts';
import type { Root } from './confine-root.ts';
import type { SpanScope } from './telemetry.ts';

/** What one call may use besides its arguments. */
export interface Call {
  /** The repository it names; every tool but `explain` names one. */
  readonly root: Root;
  /** How long it may take before it goes on in the background. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** The span of this call. */
  readonly scope: SpanScope;
}

/** A JSON Schema of an object, by hand: it is read by models, so every byte counts. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Readonly<Record<string, JSONValue>>>>;
  readonly required: string[];
  readonly additionalProperties: false;
}

/** One tool: what `tools/list` says about it, and what it does. */
export interface Tool {
  readonly name: ToolName;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: InputSchema;
  readonly annotations: ToolAnnotations;
  call(input: Input, call: Call): Promise<Answer | Fault>;
}

import type { Span } from '@opentelemetry/api';
import { performance } from 'perf_hooks';

/** What is known about one incoming request, kept on the request itself. */
export interface RequestState {
  readonly span: Span;
  readonly startedAt: number;
  /** Full route template. */
  route?: string;
  /** The last error that passed through the framework. */
  error?: unknown;
  /** Concrete mount prefixes and their templates, outermost first. */
  mounts?: Mount[];
}

export interface Mount {
  readonly base: string;
  readonly template: string;
}

const KEY = Symbol.for('tracewright.request');

export interface Traced {
  [KEY]?: RequestState;
}

export function stateOf(request: Traced): RequestState | undefined {
  return request[KEY];
}

export function attachState(request: Traced, span: Span): RequestState {
  const state: RequestState = { span, startedAt: performance.now(), route: undefined, error: undefined, mounts: undefined };
  request[KEY] = state;
  return state;
}

import { type Context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { activeContext } from '../context-manager';
import { SCOPE } from '../version';

/** One outgoing request. */
export interface ClientState {
  readonly span: Span;
  /** Of the caller; his listeners run in it. */
  readonly parent: Context;
  /** With the CLIENT span; this is what is sent. */
  readonly own: Context;
  /** Nothing is recorded here, the trace of the caller is only passed on. */
  readonly passesOn: boolean;
  /** What was answered. */
  response: Received | undefined;
  /** How far it is: 1 with a connection, 2 when it is sent. */
  stage: number;
  ended: boolean;
}

export interface Received {
  readonly statusCode?: number;
  readonly httpVersion?: string;
  readonly aborted?: boolean;
  readonly complete?: boolean;
  readonly socket?: { readonly remoteAddress?: string; readonly remotePort?: number };
}

interface ScopedSpan extends Span {
  readonly kind?: SpanKind;
  readonly instrumentationScope?: { readonly name: string };
  readonly instrumentationLibrary?: { readonly name: string };
}

const KNOWN = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']);

export function clientTracer(): Tracer {
  return trace.getTracer(SCOPE.name, SCOPE.version);
}

export function isKnownMethod(method: string): boolean {
  return KNOWN.has(method);
}

/** Undefined when it cannot be started; the request goes out without it. */
export function startClient(
  tracer: Tracer,
  name = 'GET',
  attributes?: Record<string, string | number>,
  caller?: Context,
): ClientState | undefined {
  try {
    const parent = caller || activeContext();
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent);
    const above = trace.getSpan(parent);
    const passesOn = above !== undefined && above.spanContext().spanId === span.spanContext().spanId;
    return { span, parent, own: trace.setSpan(parent, span), passesOn, response: undefined, stage: 0, ended: false };
  } catch {
    return undefined;
  }
}

/** An instrumentation that the program set up by itself around ours; it opens its span before it calls on. */
export function isTracedBy(scope: string): boolean {
  const active: ScopedSpan | undefined = trace.getSpan(activeContext());
  if (active === undefined || active.kind !== SpanKind.CLIENT) return false;
  const by = active.instrumentationScope || active.instrumentationLibrary;
  return by !== undefined && by.name === scope;
}

/** With a status code that says how it went; 0 when there was none. */
export function endClient(state: ClientState, status?: number): void {
  if (state.ended) return;
  if (status !== undefined) setStatus(state, status);
  state.ended = true;
  state.span.end();
}

export function setStatus({ span }: ClientState, status: number): void {
  if (status >= 100 && status < 400) return;
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', status === 0 ? '_OTHER' : String(status));
}

export function failClient(state: ClientState, error: unknown, type?: string): void {
  if (state.ended) return;
  state.ended = true;
  const { span } = state;
  try {
    const known = isError(error);
    span.setAttribute('error.type', type || (known && error.name) || '_OTHER');
    span.setStatus({ code: SpanStatusCode.ERROR, message: known ? error.message : String(error) });
    span.recordException(known ? error : String(error));
  } catch {
    // An error whose properties throw: the span says that it failed, or at least that it was there.
  }
  span.end();
}

/** Also one of another realm, such as that of a test runner. */
function isError(error: unknown): error is Error {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error && 'stack' in error);
}

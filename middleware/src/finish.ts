import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { performance } from 'perf_hooks';
import { loggedError } from './logged-error';
import type { RequestState, Traced } from './request';
import { stateOf } from './request';
import { expressRoute } from './route';
import { currentRuntime } from './runtime';

/** What is read from an incoming request; frameworks add the optional parts. */
export interface IncomingRequest extends Traced {
  readonly method?: string;
  readonly url?: string;
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}

export interface OutgoingResponse {
  readonly statusCode?: number;
}

/** The last word on a SERVER span, right before it ends: route, name, error, request log. */
export function finishRequest(span: Span, request: IncomingRequest, response: OutgoingResponse): void {
  const state = stateOf(request);
  const method = request.method || 'GET';
  const status = response.statusCode || 0;
  const route =
    (state && state.route) || (request.route ? expressRoute(request.baseUrl, request.route.path, undefined, request.url) : undefined);
  if (route !== undefined) {
    span.setAttribute('http.route', route);
    span.updateName(`${method} ${route}`);
  }
  if (status >= 500) reportFailure(span, state);
  const runtime = currentRuntime();
  if (runtime && runtime.requestLogs) logRequest(span, state, method, route, status);
}

/** Records an exception event; whether the request failed is decided by its status code. */
export function recordError(state: RequestState, error: unknown): void {
  if (error === undefined || error === null || state.error === error || !state.span.isRecording()) return;
  state.error = error;
  state.span.recordException(error instanceof Error ? error : String(error));
}

/** A handler that catches its error, logs it and answers 5xx hands it to nobody else. */
function reportFailure(span: ReadableSpan, state: RequestState | undefined): void {
  let error = state && state.error;
  if (error === undefined && !hasException(span)) {
    error = loggedError(span);
    if (error instanceof Error) span.recordException(error);
  }
  if (error !== undefined) setError(span, error);
}

interface ReadableSpan extends Span {
  readonly events?: readonly { readonly name: string }[];
}

function hasException(span: ReadableSpan): boolean {
  return span.events !== undefined && span.events.some((event) => event.name === 'exception');
}

export function setError(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  span.setAttribute('error.type', error instanceof Error ? error.name : '_OTHER');
}

function logRequest(span: Span, state: RequestState | undefined, method: string, route: string | undefined, status: number): void {
  const runtime = currentRuntime();
  if (!runtime) return;
  const milliseconds = state ? performance.now() - state.startedAt : 0;
  const attributes: Record<string, unknown> = {
    'http.request.method': method,
    'http.response.status_code': status,
    'http.server.request.duration': Math.round(milliseconds * 1000) / 1e6,
  };
  if (route !== undefined) attributes['http.route'] = route;
  runtime.emit({
    severityNumber: status >= 500 ? 17 : status >= 400 ? 13 : 9,
    severityText: status >= 500 ? 'ERROR' : status >= 400 ? 'WARN' : 'INFO',
    body: `${method} ${route || ''}${route ? ' ' : ''}${status}`,
    eventName: 'http.server.request',
    attributes,
    spanContext: span.spanContext(),
  });
}

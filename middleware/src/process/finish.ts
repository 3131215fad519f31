import { type Attributes, type Span, SpanStatusCode } from '@opentelemetry/api';
import { performance } from 'perf_hooks';
import { errorByReader, routeByReader } from '../frameworks/reader';
import { notedError, notedRoute } from '../frameworks/request-notes';
import { loggedError } from '../log/logged-error';
import { currentRuntime, type Runtime } from '../runtime';
import { seenBase } from '../server/mounts';
import { closeRequest, type ExceptionEvent, type RequestState } from '../server/request';
import { missedRoute, unwatchedRoute } from '../server/route';
import { takeBackTwins, tellOnce } from './told-once';

export interface OutgoingResponse {
  readonly statusCode?: number;
}

/** The last word on a SERVER span: status, route, name, error, request log. Ends it when it is ours. */
export function finishRequest(state: RequestState, response: OutgoingResponse): void {
  if (state.ended) return;
  state.ended = true;
  closeRequest(state);
  try {
    const { span } = state;
    const status = response.statusCode || 0;
    const route = routeOf(state, response) || (status === 404 ? undefined : mountOf(state) || state.guess);
    if (span.isRecording()) {
      span.setAttribute('http.response.status_code', status);
      nameByRoute(state, route);
      if (status >= 500 || status < 100) reportFailure(span, state, status);
      if (state.error !== undefined) takeBackTwins(span);
    }
    const runtime = currentRuntime();
    if (runtime && runtime.requestLogs) logRequest(runtime, state, route, status);
  } catch {
    // A span without its last words is better than a broken response.
  }
  if (state.context !== undefined) state.span.end();
}

/** The listener threw, or the response broke: nothing more comes. */
export function failRequest(state: RequestState, error: unknown): void {
  if (state.ended) return;
  state.ended = true;
  closeRequest(state);
  try {
    nameByRoute(state, routeOf(state, state.response));
    recordError(state, error);
    takeBackTwins(state.span);
    setError(state.span, error);
  } catch {
    // The app's own error goes on.
  }
  state.span.end();
}

function routeOf(state: RequestState, response: unknown): string | undefined {
  const { route, rpc, request, matched, base } = state;
  const missed = matched !== undefined || base !== '' ? missedRoute(state) : undefined;
  if (missed !== undefined) return missed;
  if (route !== undefined) return route;
  const known = routeByReader(state);
  if (known !== undefined) return known;
  if (rpc !== undefined && rpc.route !== undefined) return rpc.route;
  return notedRoute(request, response) || unwatchedRoute(state);
}

/** What is mounted with a path and answers itself (a GraphQL endpoint, static files, a proxy) is known by that path, where the mount was seen. */
function mountOf(state: RequestState): string | undefined {
  const { baseUrl, route } = state.request;
  return baseUrl && !route ? seenBase(state) : undefined;
}

export function nameByRoute({ span, request }: RequestState, route: string | undefined): void {
  if (route === undefined) return;
  span.setAttribute('http.route', route);
  span.updateName(`${request.method || 'GET'} ${route}`);
}

/** What nobody caught while the request was handled. Its status goes with it, unless the request has ended. */
export function recordUncaught(state: RequestState, error: unknown): void {
  try {
    recordError(state, error);
    if (state.span.isRecording()) setError(state.span, error);
  } catch {
    // Telemetry never replaces the app's own error.
  }
}

/** Records an exception event; whether the request failed is decided by its status code. */
export function recordError(state: RequestState, error: unknown): void {
  if (error === undefined || error === null || state.error === error || !state.span.isRecording()) return;
  state.error = error;
  tellOnce(state.span, error);
}

/** What was thrown below and caught before the framework saw it: the answer says that the request failed. */
function setInner(span: Span, inner: ExceptionEvent): void {
  const [type, message] = [inner['exception.type'], inner['exception.message']];
  span.addEvent('exception', inner as Attributes);
  span.setStatus({ code: SpanStatusCode.ERROR, message: typeof message === 'string' ? message : '' });
  span.setAttribute('error.type', typeof type === 'string' ? type : '_OTHER');
}

/** A handler that catches its error, logs it and answers 5xx hands it to nobody else. */
function reportFailure(span: ReadableSpan, state: RequestState, status: number): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  if (state.error === undefined) recordError(state, errorByReader(state) || notedError(state.response));
  let error = state.error;
  if (error === undefined && !hasException(span)) {
    if (state.inner !== undefined) {
      setInner(span, state.inner);
      return;
    }
    error = loggedError(span);
    if (error instanceof Error) tellOnce(span, error);
  }
  if (error !== undefined) setError(span, error);
  else if (!span.attributes || span.attributes['error.type'] === undefined) span.setAttribute('error.type', String(status));
}

interface ReadableSpan extends Span {
  readonly attributes?: Record<string, unknown>;
  readonly events?: readonly { readonly name: string }[];
}

function hasException(span: ReadableSpan): boolean {
  return span.events !== undefined && span.events.some((event) => event.name === 'exception');
}

export function setError(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
  span.setAttribute('error.type', error instanceof Error ? error.name : '_OTHER');
}

function logRequest(runtime: Runtime, { request, span, startedAt }: RequestState, route: string | undefined, status: number): void {
  const method = request.method || 'GET';
  const attributes: Record<string, unknown> = {
    'http.request.method': method,
    'http.response.status_code': status,
    'http.server.request.duration': Math.round((performance.now() - startedAt) * 1000) / 1e6,
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

import type { Span } from '@opentelemetry/api';
import { IncomingMessage } from 'http';
import { finishRequest, type IncomingRequest, type OutgoingResponse } from './finish';
import { maskUrl } from './mask';
import { type Instrumentation, isMissing } from './otel';
import { attachState } from './request';

interface RecordingSpan extends Span {
  readonly attributes?: Record<string, unknown>;
}

/** http, https and fetch with the official instrumentations, and our hooks for routes, masking and logs. */
export function createDefaultInstrumentations(): { names: string[]; instrumentations: Instrumentation[] } {
  const names: string[] = [];
  const instrumentations: Instrumentation[] = [];
  const add = (name: string, create: () => Instrumentation): void => {
    try {
      instrumentations.push(create());
      names.push(name);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };
  add('http', createHttpInstrumentation);
  add('undici', createUndiciInstrumentation);
  return { names, instrumentations };
}

function createHttpInstrumentation(): Instrumentation {
  const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
  return withStableSemconv(
    () =>
      new HttpInstrumentation({
        requestHook: onHttpRequest,
        applyCustomAttributesOnSpan: onHttpEnd,
        // The masking below covers these and more; an empty list spares a copy per request.
        redactedQueryParams: [],
        redactedQueryParamsServer: [],
      }),
  );
}

function createUndiciInstrumentation(): Instrumentation {
  const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
  return new UndiciInstrumentation({ requestHook: maskSpan });
}

function onHttpRequest(span: Span, request: IncomingRequest): void {
  if (isIncoming(request)) attachState(request, span);
  maskSpan(span);
}

function onHttpEnd(span: Span, request: IncomingRequest, response: OutgoingResponse): void {
  if (isIncoming(request)) finishRequest(span, request, response);
}

/** The same hooks are called for outgoing requests. */
function isIncoming(request: IncomingRequest): boolean {
  return request instanceof IncomingMessage;
}

function maskSpan(span: RecordingSpan): void {
  const attributes = span.attributes;
  if (attributes === undefined) return;
  maskAttribute(span, 'url.query', attributes['url.query']);
  maskAttribute(span, 'url.full', attributes['url.full']);
}

function maskAttribute(span: Span, key: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') return;
  const masked = maskUrl(value);
  if (masked !== value) span.setAttribute(key, masked);
}

/** The 1.x instrumentation reads this once, on creation; later ones know only the stable names. */
function withStableSemconv<T>(create: () => T): T {
  const name = 'OTEL_SEMCONV_STABILITY_OPT_IN';
  const before = process.env[name];
  if (before !== undefined) return create();
  process.env[name] = 'http';
  try {
    return create();
  } finally {
    delete process.env[name];
  }
}

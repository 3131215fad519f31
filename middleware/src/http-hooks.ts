import type { Span } from '@opentelemetry/api';
import { maskUrl } from './mask';
import type { Instrumentation } from './otel';

interface RecordingSpan extends Span {
  readonly attributes?: Record<string, unknown>;
}

/** Outgoing requests with the official instrumentations, and secrets masked; incoming ones are traced by `server.ts`. */
export function createHttpInstrumentation(): Instrumentation {
  const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
  return withStableSemconv(
    () =>
      new HttpInstrumentation({
        disableIncomingRequestInstrumentation: true,
        requestHook: maskSpan,
        // The masking covers these and more; an empty list spares a copy per request.
        redactedQueryParams: [],
      }),
  );
}

export function createUndiciInstrumentation(): Instrumentation {
  const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici');
  return new UndiciInstrumentation({ requestHook: maskSpan });
}

function maskSpan(span: RecordingSpan): void {
  const value = span.attributes && span.attributes['url.full'];
  if (typeof value === 'string') setMasked(span, 'url.full', value);
  const query = span.attributes && span.attributes['url.query'];
  if (typeof query === 'string') setMasked(span, 'url.query', query);
}

function setMasked(span: Span, key: string, value: string): void {
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

import type { Received, SpanRecord } from '../../src/trace/index.ts';
import type { Driven } from './drive-cell.ts';
import { type Ask, asked } from './http-section.ts';

/** What one request got, as texts that two runs share. */
export interface Seen {
  /** Number of SERVER spans; one is right. */
  readonly spans: number;
  readonly name: string;
  readonly status: number;
  readonly failed: boolean;
  readonly exceptions: readonly string[];
}

export interface Read {
  readonly requests: Readonly<Partial<Record<Ask, Seen>>>;
  /** Whether the line of the handler's logger came as an OTLP record of its request. */
  readonly log: 'joined' | 'apart' | 'none' | 'twice';
  readonly end: string;
}

export function readCell({ received, answers, end }: Driven): Read {
  const servers = received.spans.filter(({ kind }) => kind === 'SERVER');
  const requests = Object.fromEntries(
    Object.entries(asked).flatMap(([ask, path]) => {
      const spans = servers.filter(({ attributes }) => attributes['url.path'] === path);
      const status = Number(answers[ask]);
      return ask === 'missing' || status !== 404 ? [[ask, seenOf(spans, status)]] : [];
    }),
  );
  const trace = servers.find(({ attributes }) => attributes['url.path'] === asked.nested)?.traceId;
  return { requests, log: logOf(received, trace), end };
}

/** Of the line "looked up" that each program writes while it answers one request. */
export function logOf({ logs }: Received, trace: string | undefined): Read['log'] {
  const lines = logs.filter(({ body }) => String(body).includes('looked up'));
  const joined = lines.filter(({ traceId }) => traceId !== undefined && traceId === trace);
  return lines.length === 0 ? 'none' : lines.length > 1 ? 'twice' : joined.length === 1 ? 'joined' : 'apart';
}

export function seenOf(spans: readonly SpanRecord[], status: number): Seen {
  const [span] = spans;
  return {
    spans: spans.length,
    name: nameOf(span),
    status,
    failed: span?.status === 'ERROR',
    exceptions: (span?.events ?? [])
      .filter(({ name }) => name === 'exception')
      .map(({ attributes }) => `${attributes['exception.type']}: ${attributes['exception.message']}`),
  };
}

/** Name and route are the same for all that is right. */
function nameOf(span: SpanRecord | undefined): string {
  if (span === undefined) return '';
  const route = span.attributes['http.route'];
  return route === undefined || span.name.endsWith(` ${route}`) ? span.name : `${span.name} (${route})`;
}

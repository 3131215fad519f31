import type { SpanRecord } from '../../src/trace/index.ts';
import { type Ask, asked, type Driven } from './drive-cell.ts';

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

export function readCell({ received, statuses, end }: Driven): Read {
  const servers = received.spans.filter(({ kind }) => kind === 'SERVER');
  const requests = Object.fromEntries(
    Object.entries(asked).flatMap(([ask, path]) => {
      const spans = servers.filter(({ attributes }) => attributes['url.path'] === path);
      const isThere = ask === 'missing' || statuses[ask as Ask] !== 404;
      return isThere ? [[ask, seenOf(spans, statuses[ask as Ask] ?? 0)]] : [];
    }),
  );
  const trace = servers.find(({ attributes }) => attributes['url.path'] === asked.nested)?.traceId;
  const lines = received.logs.filter(({ body }) => String(body).includes('looked up'));
  const joined = lines.filter(({ traceId }) => traceId !== undefined && traceId === trace);
  return { requests, log: lines.length === 0 ? 'none' : lines.length > 1 ? 'twice' : joined.length === 1 ? 'joined' : 'apart', end };
}

function seenOf(spans: readonly SpanRecord[], status: number): Seen {
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

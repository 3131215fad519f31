import type { Trace } from '../../trace/index.ts';
import type { Exchange } from '../run/send-request.ts';
import { plural } from './plural.ts';
import type { Check } from './report.ts';

/**
 * Some request reached what the program does: a 404 says only that a server runs, unless the scenario states it or the span names its route.
 * Whether requests were answered at all is another check.
 */
export function checkReached(exchanges: readonly Exchange[], traces: readonly Trace[]): Check {
  const id = 'code-reached';
  const answered = exchanges.filter(({ status }) => status !== undefined);
  if (answered.length === 0) return { id, status: 'skip', summary: 'No request was answered', details: [] };
  const routed = new Set(
    traces.filter(({ roots }) => roots.some(({ span }) => 'http.route' in span.attributes)).map(({ traceId }) => traceId),
  );
  const reached = answered.filter(({ status, request, traceId }) => status !== 404 || request.expectStatus === 404 || routed.has(traceId));
  if (reached.length > 0)
    return {
      id,
      status: 'pass',
      summary: `${reached.length} of ${plural(answered.length, 'request')} reached the program's own code`,
      details: [],
    };
  const summary = `Nothing is proven: ${answered.length === 1 ? 'the one request' : 'every request'} was answered 404`;
  const details = answered.map(({ label }) => label);
  return {
    id,
    status: 'fail',
    code: 'TW3016',
    summary,
    details,
    next: 'Name a request that the program answers in tracewright.yaml (docs/scenarios.md).',
  };
}

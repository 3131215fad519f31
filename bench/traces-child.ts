import {
  buildTraces,
  compareGolden,
  type Golden,
  normalizeTrace,
  parseGolden,
  renderTreeDiff,
  type SpanRecord,
  writeGolden,
} from '../src/trace/index.ts';

const [requests, perRequest] = process.argv.slice(2).map(Number);
if (requests === undefined || perRequest === undefined) throw new Error('usage: traces-child <requests> <spans per request>');

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

/** Trees with four children to a span; every hundredth span is renamed, slower or elsewhere in a faulty run. */
function spansOf(request: number, faulty: boolean): SpanRecord[] {
  return Array.from({ length: perRequest ?? 0 }, (_none, index): SpanRecord => {
    const fault = faulty && (index + request) % 100 === 99 ? index % 3 : 3;
    const parent = fault === 0 ? 1 : Math.ceil(index / 4);
    return {
      traceId: hex(request + 1, 32),
      spanId: hex(index + 1, 16),
      parentSpanId: index === 0 ? '' : hex(Math.max(1, parent), 16),
      service: `service-${index % 7}`,
      scope: 'bench',
      name: fault === 1 ? `renamed ${index % 50}` : `work ${index % 50}`,
      kind: index === 0 ? 'SERVER' : 'INTERNAL',
      status: fault === 2 ? 'ERROR' : 'UNSET',
      attributes: { 'http.route': `/route/${index % 90}` },
      events: [],
      links: [],
      resource: {},
      startMs: index,
      durationMs: 1,
    };
  });
}

function goldenOf(faulty: boolean): Golden {
  const spans = Array.from({ length: requests ?? 0 }, (_none, request) => spansOf(request, faulty)).flat();
  const traces = buildTraces(spans, []).map((trace, index) => ({ request: `GET /${index}`, spans: normalizeTrace(trace) }));
  return { version: 1, scenario: 'bench', traces };
}

const recorded = parseGolden(writeGolden(goldenOf(false)), 'bench.json');
const differences = compareGolden(recorded, goldenOf(true));
process.stdout.write(`${differences.length} ${renderTreeDiff(recorded, differences).length}\n`);

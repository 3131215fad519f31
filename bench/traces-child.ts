import { renderHtml } from '../src/report/index.ts';
import { scoreServices } from '../src/score/index.ts';
import {
  buildTraces,
  compareGolden,
  type Golden,
  normalizeTrace,
  parseGolden,
  renderTreeDiff,
  startReceiver,
  type Trace,
  walkSpans,
  writeGolden,
} from '../src/trace/index.ts';

const [requests = 0, perRequest = 0] = process.argv.slice(2).map(Number);
if (!(requests > 0 && perRequest > 0)) throw new Error('usage: traces-child <requests> <spans per request>');

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
const attribute = (key: string, value: string): object => ({ key, value: { stringValue: value } });

/** Trees with four children to a span; every hundredth span is renamed, failed or elsewhere in a faulty run. */
function spanOf(request: number, index: number, faulty: boolean): object {
  const fault = faulty && (index + request) % 100 === 99 ? index % 3 : 3;
  const parent = fault === 0 ? 1 : Math.ceil(index / 4);
  return {
    traceId: hex(request + 1, 32),
    spanId: hex(index + 1, 16),
    parentSpanId: index === 0 ? '' : hex(Math.max(1, parent), 16),
    name: fault === 1 ? `renamed ${index % 50}` : `work ${index % 50}`,
    kind: index === 0 ? 2 : 1,
    status: { code: fault === 2 ? 2 : 0 },
    attributes: [attribute('http.route', `/route/${index % 90}`), attribute('url.path', `/route/${index}`)],
    startTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(index) * 1_000_000n),
    endTimeUnixNano: String(1_790_000_000_000_000_000n + BigInt(index + 9) * 1_000_000n),
  };
}

/** One export request with the spans of one service. */
function bodyOf(service: number, spans: readonly object[]): string {
  const resource = { attributes: [attribute('service.name', `service-${service}`)] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] });
}

/** What a run of that many requests leaves in the receiver. */
async function receive(faulty: boolean): Promise<Trace[]> {
  const receiver = await startReceiver();
  const indices = Array.from({ length: requests * perRequest }, (_none, index) => index);
  for (let service = 0; service < 7; service += 1) {
    const own = indices.filter((index) => (index % perRequest) % 7 === service);
    for (let at = 0; at < own.length; at += 512) {
      const spans = own.slice(at, at + 512).map((index) => spanOf(Math.floor(index / perRequest), index % perRequest, faulty));
      const headers = { 'content-type': 'application/json' };
      await (await fetch(`${receiver.url}/v1/traces`, { method: 'POST', headers, body: bodyOf(service, spans) })).text();
    }
  }
  await receiver.close();
  if (receiver.spans.length !== requests * perRequest) throw new Error(`${receiver.spans.length} spans arrived`);
  return buildTraces(receiver.spans, []).sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
}

function goldenOf(traces: readonly Trace[]): Golden {
  return {
    version: 1,
    scenario: 'bench',
    traces: traces.map((trace, index) => ({ request: `GET /${index}`, spans: normalizeTrace(trace) })),
  };
}

const recorded = writeGolden(goldenOf(await receive(false)));
const began = performance.now();
const traces = await receive(true);
const received = performance.now();
const expected = parseGolden(recorded, 'bench.json');
const differences = compareGolden(expected, goldenOf(traces));
const diff = renderTreeDiff(expected, differences);
const compared = performance.now();
const page = renderHtml({
  repository: 'bench',
  version: '0.0.0',
  ledger: [],
  verify: {
    ok: false,
    verdict: { state: 'faults', text: 'faults', left: [] },
    setup: 'derived',
    notes: [],
    checks: [],
    services: [],
    requests: traces.map((trace, index) => ({ scenario: 'bench', service: 'service-0', request: `GET /${index}`, status: 200, trace })),
    otherTraces: [],
    golden: [{ scenario: 'bench', file: 'bench.json', status: 'differs', differences, diff }],
    scores: scoreServices(
      traces.flatMap(({ roots }) => [...walkSpans(roots)].map(({ span }) => span)),
      [],
    ),
    spans: requests * perRequest,
    logs: 0,
    drops: { bodies: 0, spans: 0, logs: 0 },
  },
});
const reported = performance.now();
if (differences.length === 0) throw new Error('The faults were not found');
const figures = { receiveMs: received - began, diffMs: compared - received, reportMs: reported - compared, pageMb: page.length / 1e6 };
process.stdout.write(JSON.stringify(figures));

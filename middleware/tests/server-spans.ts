import type { SpanRecord } from '../../src/trace/index.ts';
import { startReceiver } from '../../src/trace/index.ts';
import { type Launch, runProgram } from './program.ts';

export interface Observed {
  readonly spans: readonly object[];
  readonly seen: Record<string, unknown>;
  readonly scopes: readonly string[];
}

/** The official instrumentation makes a second span when one server hands a request on to another. */
const HANDED_ON = '/handed-on/2';

/** Runs `requests.cjs` and returns its SERVER spans without what differs from run to run, sorted. */
export async function observeServer(launch: Omit<Launch, 'args'>, official: boolean): Promise<Observed> {
  const receiver = await startReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...launch.env };
  const extra = official ? { OFFICIAL: '1', OTEL_SEMCONV_STABILITY_OPT_IN: 'http' } : {};
  try {
    const ended = await runProgram({ ...launch, args: ['requests.cjs'], env: { ...env, ...extra } });
    await receiver.settled();
    if (ended.code !== 0) throw new Error(`requests.cjs ended with ${ended.code ?? ended.signal}: ${ended.stderr}`);
    const spans = receiver.spans.filter(({ kind, attributes }) => kind === 'SERVER' && !(official && attributes['url.path'] === HANDED_ON));
    return {
      spans: spans.map(comparable).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      seen: JSON.parse(ended.stdout),
      scopes: [...new Set(spans.map((span) => span.scope))],
    };
  } finally {
    await receiver.close();
  }
}

function comparable({ name, status, attributes, events, parentSpanId }: SpanRecord): object {
  const { 'network.peer.port': port, ...rest } = attributes;
  const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    path: attributes['url.path'],
    name,
    status,
    parentSpanId,
    hasPort: typeof port === 'number',
    attributes: sorted,
    events: events.map((event) => [event.name, event.attributes['exception.type'], event.attributes['exception.message']]),
  };
}

import type { SpanRecord } from '../../src/trace/index.ts';
import { startReceiver } from '../../src/trace/index.ts';
import { type Launch, runProgram } from './program.ts';
import type { Observed } from './server-spans.ts';

/** Runs `calls.cjs` and returns its CLIENT spans without what differs from run to run, sorted. */
export async function observeClient(launch: Omit<Launch, 'args'>, official: boolean): Promise<Observed> {
  const receiver = await startReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...launch.env };
  const extra = official ? { OFFICIAL: '1', OTEL_SEMCONV_STABILITY_OPT_IN: 'http' } : {};
  try {
    const ended = await runProgram({ ...launch, args: ['calls.cjs'], env: { ...env, ...extra } });
    await receiver.settled();
    if (ended.code !== 0) throw new Error(`calls.cjs ended with ${ended.code ?? ended.signal}: ${ended.stderr}`);
    const spans = receiver.spans.filter(({ kind }) => kind === 'CLIENT');
    const traces = new Set(receiver.spans.filter(({ kind }) => kind === 'SERVER').map(({ parentSpanId }) => parentSpanId));
    return {
      spans: spans.map((span) => comparable(span, traces)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      seen: JSON.parse(ended.stdout),
      scopes: [...new Set(spans.map((span) => span.scope))].sort(),
    };
  } finally {
    await receiver.close();
  }
}

/** Thrown by the call itself; ours lets it pass without a look, so that Node shows the same line when it ends the program. */
const REFUSED = /^ERR_(INVALID_(URL|PROTOCOL|CHAR|HTTP_TOKEN)|UNESCAPED_CHARACTERS)$/;

/** Also without what differs on purpose, as docs/decisions says. */
function comparable({ name, status, attributes, events, spanId }: SpanRecord, parents: ReadonlySet<string | undefined>): object {
  const { 'url.full': full, 'network.peer.port': peer, 'server.port': port, 'server.address': address, ...others } = attributes;
  const rest: Record<string, unknown> = { ...others };
  const url = withoutPort(full).replace('REDACTED:REDACTED@', 'REDACTED@');
  const code = rest['http.response.status_code'];
  if (Number(code) >= 400) rest['error.type'] = String(code);
  if (rest['error.type'] === 23) rest['error.type'] = 'TimeoutError';
  const refused = events.some((event) => REFUSED.test(String(event.attributes['exception.type'])));
  if (refused) rest['error.type'] = '_OTHER';
  return {
    ...(/\[nothing/.test(url) ? {} : { url, address }),
    name,
    status,
    ports: [typeof peer, typeof port],
    hasServerSpan: parents.has(spanId),
    attributes: Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))),
    events: (refused ? [] : events).map((event) => [
      event.name,
      event.attributes['exception.type'],
      withoutPort(event.attributes['exception.message']),
    ]),
  };
}

function withoutPort(text: unknown): string {
  return String(text).replace(/:\d{4,}/, ':PORT');
}

import { expect, test } from 'vitest';
import { buildTraces, type Receiver, type SpanNode, startReceiver } from '../../src/trace/index.ts';
import { connectV2 } from '../harness/mcp-client.ts';
import { makeFolder } from '../harness/run-cli.ts';

const app = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};

const traceId = '0af7651916cd43dd8448eb211c80319c';
const caller = 'b7ad6b7169203331';
const meta = { traceparent: `00-${traceId}-${caller}-01` };

/** A span and what is below it, by name. */
function outline({ span, children }: SpanNode): string {
  const below = children.map(outline).sort();
  return `${span.service} ${span.kind} ${span.name}${span.status === 'ERROR' ? ' !' : ''}${below.length > 0 ? ` [${below.join(', ')}]` : ''}`;
}

async function receive(work: (receiver: Receiver) => Promise<void>): Promise<Receiver> {
  const receiver = await startReceiver();
  try {
    await work(receiver);
    await receiver.settled();
    return receiver;
  } finally {
    await receiver.close();
  }
}

test('the server traces its own calls, continues the trace of its client, and so does its background', { timeout: 60_000 }, async () => {
  const { spans } = await receive(async (receiver) => {
    const client = await connectV2({ cwd: makeFolder(app), env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } });
    await client.call('plan', { root: '.' }, meta);
    await client.call('verify', { root: '.' }, meta);
    await client.close();
  });
  const traces = buildTraces(spans, [], new Set([caller]));
  expect(traces.map((trace) => trace.traceId)).toEqual([traceId]);
  expect(traces.flatMap(({ roots }) => roots.map(outline)).sort()).toEqual([
    'tracewright-mcp SERVER tools/call plan [tracewright-mcp INTERNAL tracewright plan]',
    'tracewright-mcp SERVER tools/call verify ! [tracewright-mcp INTERNAL tracewright verify !]',
  ]);
  const failed = spans.find(({ name }) => name === 'tools/call verify');
  expect(failed?.attributes).toMatchObject({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'verify', 'error.type': 'TW2100' });
});

test('without a destination it sends nothing, and says so of a protocol it does not speak', async () => {
  const { spans } = await receive(async (receiver) => {
    const silent: readonly Readonly<Record<string, string>>[] = [
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_SDK_DISABLED: 'true' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    ];
    for (const env of silent) {
      const client = await connectV2({ cwd: makeFolder(app), env });
      await client.call('plan', { root: '.' }, meta);
      await client.close();
    }
  });
  expect(spans).toEqual([]);
});

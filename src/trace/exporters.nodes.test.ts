import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { nodeBinary, npmInstall } from '../../tests/harness/node-binary.ts';
import { buildTraces } from './build-traces.ts';
import { writeGolden } from './golden.ts';
import { normalizeTrace } from './normal-form.ts';
import { startReceiver } from './receiver.ts';

/** One program for every line: the providers differ in name only. */
const program = `
const [kind, url] = process.argv.slice(2);
const api = require('@opentelemetry/api');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-' + kind);
const sdk = require(process.env.SDK);
const exporter = new OTLPTraceExporter({ url });
const Provider = sdk.TracerProvider || sdk.BasicTracerProvider;
const batch = sdk.BatchSpanProcessor;
const processor = process.env.SDK.endsWith('-base') ? new batch(exporter) : new batch({ exporter });
const provider = new Provider({ spanProcessors: [processor] });
const tracer = provider.getTracer('lab');
const route = { 'http.route': '/a', 'http.response.status_code': 500 };
const root = tracer.startSpan('GET /a', { kind: api.SpanKind.SERVER, attributes: route });
const child = tracer.startSpan('work', { links: [{ context: root.spanContext() }] }, api.trace.setSpan(api.ROOT_CONTEXT, root));
child.addEvent('retry');
child.setStatus({ code: api.SpanStatusCode.ERROR });
child.end();
root.end();
provider.shutdown();
`;

const lines = [
  { node: '14', sdk: '@opentelemetry/sdk-trace-base@1.30.1', exporters: '0.57.2', api: '1.9.1' },
  { node: '20.6.0', sdk: '@opentelemetry/sdk-trace@2.12.0', exporters: '0.223.0', api: '1.9.1' },
  { node: '24', sdk: '@opentelemetry/sdk-trace@3.0.0', exporters: '0.300.0', api: '1.10.0' },
];

/** The golden file of what one exporter of one line sends. */
async function record(node: string, folder: string, kind: string, sdk: string): Promise<string> {
  const receiver = await startReceiver({ grpcPort: 0 });
  const url = kind === 'grpc' ? (receiver.grpcUrl ?? '') : `${receiver.url}/v1/traces`;
  try {
    const env = { SDK: sdk, PATH: process.env['PATH'] };
    await promisify(execFile)(node, [join(folder, 'program.cjs'), kind, url], { cwd: folder, env });
    expect(receiver.problems).toEqual([]);
    // How a service without a name is called depends on the path of its Node.js.
    const spans = receiver.spans.map((span) => ({ ...span, service: 'shop' }));
    const traces = buildTraces(spans, receiver.logs).map((trace) => ({ request: 'GET /a', spans: normalizeTrace(trace) }));
    return writeGolden({ version: 1, scenario: 'default', traces });
  } finally {
    await receiver.close();
  }
}

it('gRPC, protobuf and JSON exporters of every SDK line give the same golden file', async () => {
  const files = new Map<string, string>();
  for (const line of lines) {
    const folder = mkdtempSync(join(tmpdir(), 'tracewright-exporters-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    writeFileSync(join(folder, 'program.cjs'), program);
    const kinds = ['grpc', 'proto', 'http'];
    npmInstall(folder, [
      `@opentelemetry/api@${line.api}`,
      line.sdk,
      ...kinds.map((kind) => `@opentelemetry/exporter-trace-otlp-${kind}@${line.exporters}`),
    ]);
    for (const kind of kinds)
      files.set(`${line.sdk} ${kind}`, await record(nodeBinary(line.node), folder, kind, line.sdk.slice(0, line.sdk.lastIndexOf('@'))));
  }
  expect([...files.values()][0]).toContain('"kind": "SERVER"');
  expect(new Set(files.values()).size).toBe(1);
});

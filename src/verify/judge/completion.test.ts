import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { recordRepo, verifyRepo } from '../index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Answers at once, works on for a while, and exports each span when it ended; loses what has not ended at SIGTERM. */
const worker = `const otlp = require('./otlp.js');
const server = require('http').createServer((req, res) => {
  const span = otlp.startSpan(2, req.headers.traceparent);
  const work = otlp.startSpan(5, span.traceparent);
  res.on('finish', () => { span.end('POST /orders', {}); otlp.flush('shop', () => {}); });
  setTimeout(() => { work.end('orders process', {}); otlp.flush('shop', () => {}); }, Number(process.env.WORK_MS || 300));
  res.statusCode = 202; res.end();
}).listen(process.env.PORT);
process.on('SIGTERM', () => process.exit(0));
`;

/** Sends what it has only once. */
const otlp = (): string =>
  readFileSync(new URL('../fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8')
    .replace('scopeSpans: [{ scope, spans }]', 'scopeSpans: [{ scope, spans: spans.splice(0) }]')
    .replace('scopeLogs: [{ scope, logRecords: logs }]', 'scopeLogs: [{ scope, logRecords: logs.splice(0) }]');

function shop(expected: string): string {
  const request = `{ method: POST, path: /orders${expected} }`;
  const yaml = `version: 1\nservices: [{ name: shop, command: node server.js }]\nscenarios: [{ name: default, requests: [${request}] }]\n`;
  return makeRepo({ 'server.js': worker, 'otlp.js': otlp(), 'tracewright.yaml': yaml });
}

it('waits for work that goes on after the answer, when the request expects its span, and when the golden trace has it', async () => {
  const root = shop(', expect: { spans: [CONSUMER orders process] }');
  const recorded = await recordRepo(root, { env, requestMs: 8_000 });
  expect(recorded.checks.filter(({ status }) => status === 'fail')).toEqual([]);
  const golden = readFileSync(join(root, '.tracewright/golden/default.json'), 'utf8');
  expect(golden).toContain('orders process');
  const without = shop('');
  const file = join(without, '.tracewright/golden/default.json');
  await recordRepo(without, { env });
  expect(readFileSync(file, 'utf8')).not.toContain('orders process');
  const kept = makeRepo({
    'server.js': worker,
    'otlp.js': otlp(),
    'tracewright.yaml': readFileSync(join(without, 'tracewright.yaml'), 'utf8'),
    '.tracewright/golden/default.json': golden,
  });
  expect((await verifyRepo(kept, { env, frozen: true })).golden).toMatchObject([{ status: 'equal' }]);
});

it('names an expected span that never came', async () => {
  const root = shop(', expect: { spans: [shop CONSUMER orders process, nothing] }');
  const report = await verifyRepo(root, { env, requestMs: 600 });
  expect(report.checks.find(({ id }) => id === 'expected-spans')).toMatchObject({
    status: 'fail',
    details: ['POST /orders: no span is nothing'],
  });
});

it('reads everything of programs that flush late, each at its own pace', async () => {
  const slow = (file: string): string => `${file}
const flush = otlp.flush;
otlp.flush = (service, done) => setTimeout(() => flush(service, done), Number(process.env.FLUSH_MS || 0));
`;
  const yaml = `version: 1
services:
  - { name: gateway, env: { SERVICE: gateway, STOCK_URL: "\${services.stock.url}" } }
  - { name: stock, env: { SERVICE: stock, FLUSH_MS: "1500" } }
scenarios: [{ name: default, requests: [GET /stock, GET /stock] }]
`;
  const server = readFileSync(new URL('../fixtures/traced-by-hand/server.js', import.meta.url), 'utf8');
  const root = makeRepo({ 'tracewright.yaml': yaml, 'server.js': slow(server) });
  const report = await recordRepo(root, { env });
  expect(report.requests.map(({ trace }) => trace?.spanCount)).toEqual([3, 3]);
  expect(report).toMatchObject({ ok: true, otherTraces: [] });
});

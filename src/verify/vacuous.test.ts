import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeRepo } from './fixtures/test-repo.ts';
import { renderReport, verifyRepo } from './index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Its own calls are none of the program's. */
const otlp = { 'node_modules/otlp/index.js': readFileSync(new URL('./fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8') };

const traced = (body: string): string => `const otlp = require('otlp');
otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
process.on('SIGTERM', () => otlp.flush('shop', () => process.exit(0)));
${body}`;

/** A server whose SERVER spans have the given name and attributes, and that answers what it is told. */
const server = (answer: string, name = 'req.method', facts = '{}', routes: readonly string[] = []): string =>
  traced(`const table = { ${routes.map((route) => `'${route}': 1`).join(', ')} };
require('http').createServer((req, res) => {
  void table[req.url];
  const span = otlp.startSpan(2, req.headers.traceparent);
  res.on('finish', () => span.end(${name}, Object.assign({ 'http.response.status_code': res.statusCode, 'url.path': req.url }, ${facts})));
  ${answer}
}).listen(process.env.PORT);`);

const status = (code: number): string => server(`res.statusCode = ${code}; res.setHeader('location', '/login'); res.end();`);
const serving = (...routes: string[]): string =>
  server("res.end('fine')", "req.method + ' ' + req.url", "{ 'http.route': req.url }", routes);
const routed = serving();
const worker = traced("console.log('ready'); setInterval(() => {}, 1000);");

function receipt(codemods = ['otel-load'], routes: readonly object[] = []): Record<string, string> {
  const applied = [{ plan: 'x', version: '0.1.0', options: { only: [], skip: [] }, codemods }];
  return { '.tracewright/receipt.json': JSON.stringify({ format: 1, applied, files: [], locks: [], folders: [], routes }) };
}

function asks(requests: string, services = '{ name: shop }'): Record<string, string> {
  return { 'tracewright.yaml': `version: 1\nservices: [${services}]\nscenarios:\n  - name: default\n    requests: [${requests}]\n` };
}

/** Each runs to its end and proves less than it seems to. */
const vacuous: readonly [name: string, files: Record<string, string>, says: RegExp][] = [
  ['every request is 404', { 'server.js': status(404) }, /^nothing proven\n.*every|^nothing proven/],
  ['every request is redirected', { 'server.js': status(302) }, /^nothing proven/],
  ['every request is 401', { 'server.js': status(401) }, /^nothing proven/],
  ['every request is 403', { 'server.js': status(403) }, /^nothing proven/],
  ['every request is 405', { 'server.js': status(405), ...asks('POST /') }, /^nothing proven/],
  ['every request is 500 before any route', { 'server.js': status(500) }, /^nothing proven/],
  ['every request is 503 before any route', { 'server.js': status(503) }, /^nothing proven/],
  [
    'only a static file was asked for',
    { 'server.js': server("res.end('page')", 'req.method', '{}', ['POST /orders']), ...receipt() },
    /^nothing proven/,
  ],
  [
    'only a health page beside the routes',
    { 'server.js': server("res.end('up')", 'req.method', '{}', ['GET /a/:b']), ...receipt(), ...asks('GET /health') },
    /^nothing proven/,
  ],
  ['no span at all', { 'server.js': "require('http').createServer((q, r) => r.end('hi')).listen(process.env.PORT)" }, /^nothing proven/],
  [
    'no span, though the instrumentation says it started',
    { 'server.js': traced("require('http').createServer((q, r) => r.end('hi')).listen(process.env.PORT);") },
    /^nothing proven/,
  ],
  [
    'no span and a receipt',
    { 'server.js': "require('http').createServer((q, r) => r.end('hi')).listen(process.env.PORT)", ...receipt() },
    /^nothing proven/,
  ],
  [
    'spans are named by their method alone',
    { 'server.js': server("res.end('fine')") },
    /^verified, 1 left[\s\S]*GET \/: its span names no route/,
  ],
  [
    'spans by method, of a known route',
    { 'server.js': server("res.end('fine')", 'req.method', '{}', ['GET /']), ...receipt() },
    /^1 of \d+ checks failed/,
  ],
  [
    'some routes were not asked',
    { 'server.js': serving('GET /a', 'POST /b'), ...receipt() },
    /^verified, 1 left[\s\S]*POST \/b \(server.js:4\): no request reached it/,
  ],
  ['a route of another method', { 'server.js': serving('GET /a', 'DELETE /a'), ...receipt() }, /^verified, 1 left[\s\S]*DELETE \/a/],
  ['a parameter that nobody gave', { 'server.js': serving('GET /a', 'GET /a/:id'), ...receipt() }, /^verified, 1 left[\s\S]*GET \/a\/:id/],
  [
    'the worker of the Procfile was not started',
    { 'server.js': routed, 'worker.js': worker, Procfile: 'web: node server.js\nworker: node worker.js\n', ...receipt(), ...asks('GET /') },
    /^verified, 1 left[\s\S]*worker.js \(Procfile:2\): it was not started/,
  ],
  [
    'the second service was not started',
    {
      'server.js': routed,
      'pay/package.json': '{"name":"pay","scripts":{"start":"node pay.js"}}',
      'pay/pay.js': worker,
      ...receipt(),
      ...asks('GET /'),
    },
    /^verified, 1 left[\s\S]*pay\/pay.js \(pay\/package.json:1\): it was not started/,
  ],
  [
    'another program was started',
    { 'server.js': routed, 'other.js': routed, ...receipt(), ...asks('GET /', '{ name: shop, command: node other.js }') },
    /^nothing proven/,
  ],
  [
    'a stub was started',
    { 'server.js': routed, 'test/stub.js': routed, ...receipt(), ...asks('GET /', '{ name: shop, command: node test/stub.js }') },
    /^nothing proven/,
  ],
  [
    'a promised span was never seen',
    { 'server.js': server("res.end('fine')", "'GET'", "{ 'http.route': '/' }"), ...receipt(['express-tracing']) },
    /^1 of \d+ checks failed/,
  ],
  [
    'an outgoing call was never made',
    { 'server.js': `${routed}\nfunction call() { return fetch('http://x/'); }\nmodule.exports = call;\n`, ...receipt() },
    /^verified, 1 left[\s\S]*fetch \(server.js:\d+\): the run saw no CLIENT span/,
  ],
  ['nobody answers', { 'server.js': traced("require('http').createServer(() => {}).listen(process.env.PORT);") }, /^nothing proven/],
  [
    'the program dies of the first request',
    { 'server.js': traced("require('http').createServer(() => process.exit(1)).listen(process.env.PORT);") },
    /^nothing proven/,
  ],
  [
    'a program on the way that was not traced',
    {
      'server.js': routed,
      'worker.js': "console.log('ready'); setInterval(() => {}, 1000);",
      ...receipt(),
      ...asks('GET /', '{ name: shop }, { name: w, command: node worker.js, ready: { output: ready } }'),
    },
    /^1 of \d+ checks failed/,
  ],
];

function lastPart(text: string): string {
  return text.slice(text.search(/^(verified|nothing proven|\d+ of \d+ checks failed)/m));
}

describe('a set-up that proves nothing, or not all', () => {
  it.each(vacuous)('%s', async (_name, files, says) => {
    const report = await verifyRepo(makeRepo({ ...otlp, ...files }, 'none'), { env, requestMs: 1_000 });
    expect(lastPart(renderReport(report, { color: false }))).toMatch(says);
    expect(report.verdict).not.toMatchObject({ state: 'verified', left: [] });
    if (report.verdict.state === 'nothing proven') expect(report.ok).toBe(false);
  });

  it('is told from one that proves all that is known', async () => {
    const root = makeRepo({ ...otlp, 'server.js': serving('GET /a', 'GET /b'), ...receipt() }, 'none');
    const report = await verifyRepo(root, { env });
    expect(report.verdict).toEqual({ state: 'verified', text: 'verified', left: [] });
  });

  it('is judged by the routes that are there now: a new one is left, one that is gone is asked for no more', async () => {
    const evidence = { file: 'server.js', line: 1 };
    const gone = receipt(['otel-load'], [{ service: 'shop', method: 'GET', path: '/gone', evidence }]);
    const root = makeRepo({ ...otlp, 'server.js': serving('GET /a', 'POST /new'), ...gone }, 'none');
    const { verdict, requests } = await verifyRepo(root, { env });
    expect(requests.map(({ request }) => request)).toEqual(['GET /a']);
    expect(verdict.left.map(({ site }) => site)).toEqual(['POST /new']);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeRepo } from './fixtures/test-repo.ts';
import { type VerifyReport, verifyRepo } from './index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Spans by hand whose context is Node's own: what loses it loses it as with any instrumentation. */
const program = (load: string): string => `const otlp = require('otlp');
const http = require('http');
const net = require('net');
const als = new (require('async_hooks').AsyncLocalStorage)();
otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
process.on('SIGTERM', () => otlp.flush('shop', () => process.exit(0)));
function call(name, done) {
  const span = otlp.startSpan(3, als.getStore().traceparent);
  setTimeout(() => { span.end(name, {}); done(); }, 5);
}
${load}
http.createServer((req, res) => {
  const span = otlp.startSpan(2, req.headers.traceparent);
  res.on('finish', () => span.end(req.method + ' ' + req.url, { 'http.route': req.url, 'http.response.status_code': 200, 'url.path': req.url }));
  als.run(span, () => load(req, () => res.end('ok')));
}).listen(process.env.PORT);`;

/** One connection, whose replies are handed to waiting callbacks. */
const replyMap = `const echo = net.createServer((c) => c.pipe(c)).listen(0);
let line;
const waiting = [];
function load(req, done) {
  if (!line) { line = net.connect(echo.address().port); line.on('data', () => waiting.shift()()); }
  waiting.push(() => call('GET', done));
  line.write('x');
}`;

/** Two workers; whoever waits for one is run in the context of the request that freed it. */
const pool = `let free = 2;
const queue = [];
function next() { free += 1; const job = queue.shift(); if (job) job(); }
function load(req, done) {
  const job = () => { free -= 1; call('GET', () => { done(); next(); }); };
  if (free > 0) job(); else queue.push(job);
}`;

/** Two connections, as undici's pool: whoever waits is sent by a reply, in the context of whoever opened that connection. */
const connections = `const echo = net.createServer((c) => c.pipe(c)).listen(0);
const lines = [];
const queue = [];
function load(req, done) {
  const begin = (line) => { line.busy = true; call('GET', () => { done(); line.socket.write('x'); }); };
  const free = lines.find(({ busy }) => !busy);
  if (free) return begin(free);
  if (lines.length === 2) return queue.push(begin);
  const line = { socket: net.connect(echo.address().port) };
  line.socket.on('data', () => { line.busy = false; const next = queue.shift(); if (next) next(line); });
  lines.push(line);
  begin(line);
}`;

/** Work that goes on after the answer belongs to its own request. */
const afterwards = `function load(req, done) {
  if (req.url === '/one') setTimeout(() => call('mail', () => {}), 60);
  setTimeout(() => call('GET', done), req.url === '/one' ? 0 : 200);
}`;

/** The first request fills a cache; several of the second round share one call. */
const shared = `let cached;
let under;
function load(req, done) {
  if (!cached) return call('GET', () => { cached = true; setTimeout(() => { cached = false; }, 80); done(); });
  if (under) return under.push(done);
  under = [done];
  call('refresh', () => { const all = under; under = undefined; all.forEach((each) => each()); });
}`;

const yaml = (parallel: boolean, paths: readonly string[]): string =>
  `version: 1\nservices: [{ name: shop }]\nscenarios:\n  - name: default\n    parallel: ${parallel}\n    requests: [${paths.map((path) => `GET ${path}`).join(', ')}]\n`;

async function verify(load: string, parallel: boolean, paths = ['/one', '/two', '/three']): Promise<VerifyReport> {
  const otlp = readFileSync(new URL('./fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8');
  const files = { 'node_modules/otlp/index.js': otlp, 'server.js': program(load), 'tracewright.yaml': yaml(parallel, paths) };
  return verifyRepo(makeRepo(files, 'none'), { env });
}

function apart({ checks }: VerifyReport): unknown {
  return checks.find(({ id }) => id === 'requests-apart');
}

describe('requests that run into each other', () => {
  it('finds replies on one socket, one after the other, and names both requests', async () => {
    const report = await verify(replyMap, false);
    expect(apart(report)).toMatchObject({
      status: 'fail',
      code: 'TW3017',
      summary: '2 requests ran into another one',
      details: [
        'GET /two: shop CLIENT GET ended up in the trace of GET /one (sent one after the other)',
        'GET /three: shop CLIENT GET ended up in the trace of GET /one (sent one after the other)',
      ],
    });
  });

  it('finds jobs that wait for a worker only when they are sent at the same time', async () => {
    expect(apart(await verify(pool, false, ['/a', '/b', '/c', '/d']))).toMatchObject({ status: 'pass' });
    const report = await verify(pool, true, ['/a', '/b', '/c', '/d']);
    expect(apart(report)).toMatchObject({ status: 'fail', summary: '2 requests ran into another one' });
    expect(report.requests).toHaveLength(4);
    expect(report.spans).toBe(8);
  });

  it('finds jobs that the connection of an earlier round sends', async () => {
    const report = await verify(connections, true, ['/a', '/b', '/c', '/d']);
    expect(apart(report)).toMatchObject({ status: 'fail', summary: '2 requests ran into another one' });
  });

  it.each([
    ['work after the answer', afterwards, ['/one', '/two']],
    ['a cache and an answer that is shared', shared, ['/one', '/two', '/three']],
  ])('does not take %s for a mix-up', async (_what, load, paths) => {
    expect(apart(await verify(load, true, paths))).toMatchObject({ status: 'pass' });
  });
});

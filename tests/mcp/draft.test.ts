import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeRepo } from '../../src/verify/fixtures/test-repo.ts';
import { connectV2 } from '../harness/mcp-client.ts';

const otlp = readFileSync(new URL('../../src/verify/fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8');

const server = `const otlp = require('otlp');
otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
process.on('SIGTERM', () => otlp.flush('shop', () => process.exit(0)));
const table = { 'GET /items': 1, 'GET /items/:id': 1, 'POST /items': 1, 'DELETE /items/:id': 1 };
require('http').createServer((req, res) => {
  void table[req.url];
  const span = otlp.startSpan(2, req.headers.traceparent);
  const route = req.url.replace(/\\/1$/, '/:id');
  res.on('finish', () => span.end(req.method + ' ' + route, { 'http.response.status_code': 200, 'http.route': route }));
  res.end('fine');
}).listen(process.env.PORT);
`;

const receipt = {
  format: 1,
  applied: [{ plan: 'x', version: '0.1.0', options: { only: [], skip: [] }, codemods: ['otel-load'] }],
  files: [],
  locks: [],
  folders: [],
  routes: [],
};

test('routes that nobody asks for are drafted into tracewright.yaml, asked, and the rest stays named', { timeout: 120_000 }, async () => {
  const cwd = makeRepo(
    { 'server.js': server, 'node_modules/otlp/index.js': otlp, '.tracewright/receipt.json': JSON.stringify(receipt) },
    'none',
  );
  const client = await connectV2({ cwd });
  try {
    const first = await client.call('verify', { root: '.' });
    expect(first.facts).toMatchObject({
      verdict: 'verified, 3 left',
      done: false,
      next: { tool: 'verify', arguments: { root: '.', draft: true } },
    });
    const draft = await client.call('verify', first.facts.next.arguments);
    expect(draft.facts).toMatchObject({
      written: true,
      file: 'tracewright.yaml',
      done: false,
      next: { tool: 'verify', arguments: { root: '.' } },
    });
    expect(draft.facts['questions']).toEqual([
      'GET /items/:id (server.js:4): which id is there?',
      'POST /items (server.js:4): what does it take as a body?',
      'DELETE /items/:id (server.js:4): which id is there?',
    ]);
    const text = readFileSync(join(cwd, 'tracewright.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server/);
    const again = await client.call('verify', draft.facts.next.arguments);
    expect(again.facts).toMatchObject({ verdict: 'verified, 1 left', done: true, left: [{ site: 'DELETE /items/:id' }] });
    expect((await client.call('verify', { root: '.', draft: true })).facts).toMatchObject({ written: false });
    expect(readFileSync(join(cwd, 'tracewright.yaml'), 'utf8')).toBe(text);
  } finally {
    await client.close();
  }
});

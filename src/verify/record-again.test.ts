import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRepo } from './fixtures/test-repo.ts';
import { recordRepo } from './index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
const otlp = readFileSync(new URL('./fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8');

/** Work after the answer has a span in every second run of the program, as when it is sometimes late. */
const server = `const otlp = require('./otlp.js');
const fs = require('fs');
otlp.log('tracewright.start', undefined, { 'tracewright.loaded_first': true });
process.on('SIGTERM', () => otlp.flush('shop', () => process.exit(0)));
const isLate = fs.existsSync('late');
if (isLate) fs.rmSync('late'); else fs.writeFileSync('late', '');
require('http').createServer((req, res) => {
  const span = otlp.startSpan(2, req.headers.traceparent);
  if (!isLate) otlp.startSpan(1, span.traceparent).end('mail.send', {});
  res.on('finish', () => span.end('GET /', { 'http.response.status_code': 200, 'http.route': '/' }));
  res.end('fine');
}).listen(process.env.PORT);
`;
const yaml = (request: string): string =>
  `version: 1\nservices: [{ name: shop, command: node server.js }]\nscenarios: [{ name: default, requests: [${request}] }]\n`;

describe('recording', () => {
  it('runs the program twice, and names the span that comes and goes and what to state', async () => {
    const root = makeRepo({ 'server.js': server, 'otlp.js': otlp, 'tracewright.yaml': yaml('GET /') }, 'none');
    const { checks, ok } = await recordRepo(root, { env });
    const golden = checks.find(({ id }) => id === 'golden-trace');
    expect(ok).toBe(true);
    expect(golden).toMatchObject({ status: 'warn', summary: expect.stringContaining('a second run had other spans') });
    expect(golden?.details.join('\n')).toMatch(/- missing {2}.*mail\.send/);
    expect(golden?.next).toContain('expect: { spans:');
  });

  it('says nothing of the same spans when another check failed', async () => {
    const root = makeRepo(
      { 'server.js': server, 'otlp.js': otlp, 'tracewright.yaml': yaml('{ path: /, expect: { status: 201 } }') },
      'none',
    );
    const { checks, ok, written } = await recordRepo(root, { env });
    expect(checks.find(({ id }) => id === 'golden-trace')).toMatchObject({
      status: 'skip',
      summary: 'Not recorded, because another check failed',
    });
    expect([ok, written, existsSync(join(root, '.tracewright/golden'))]).toEqual([false, [], false]);
  });
});

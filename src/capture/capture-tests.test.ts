import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeRepo } from '../verify/fixtures/test-repo.ts';
import { type Captured, captureTests } from './index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Starts the traced program; told by its output when it listens. */
const support = `import { spawn } from 'node:child_process';
import { once } from 'node:events';
export async function startShop() {
  const child = spawn(process.execPath, ['server.js'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const stop = () => { child.kill(); return once(child, 'exit'); };
  return { url: 'http://127.0.0.1:' + /on (\\d+)/.exec(line)[1], stop };
}
`;

function nodeTest(body: string): string {
  return `import { after, before, describe, test } from 'node:test';
import { startShop } from './shop.mjs';
let shop;
before(async () => { shop = await startShop(); });
after(() => shop.stop());
${body}`;
}

function capture(root: string, command: string): Promise<Captured> {
  return captureTests(root, command.split(' '), { env, output: 'stderr', stopMs: 100, timeoutMs: 60_000 });
}

const asked = ({ tests }: Captured): unknown =>
  tests.map(({ test, requests }) => [test, requests.map(({ request, trace }) => [request, trace?.spanCount])]);

describe('node:test', () => {
  it('groups by test, whatever the nesting, and gives nothing to a test that asks nothing', async () => {
    const body = `test('top', () => fetch(shop.url + '/a'));
describe('suite', () => { test('inner', async (t) => { await t.test('sub', () => fetch(shop.url + '/b')); }); test('silent', () => {}); });`;
    const root = makeRepo({ 'shop.mjs': support, 'a.test.mjs': nodeTest(body) });
    const captured = await capture(root, 'node --test a.test.mjs');
    expect(asked(captured)).toEqual([
      ['suite > inner > sub', [['GET /b', 1]]],
      ['top', [['GET /a', 1]]],
    ]);
    expect(captured).toMatchObject({ outside: [], strangers: [], leftBehind: [], answeredInside: 0 });
    expect(existsSync(join(root, '.tracewright'))).toBe(false);
    expect(captured.write()).toEqual([
      '.tracewright/golden/tests/a.test.mjs/suite-inner-sub.json',
      '.tracewright/golden/tests/a.test.mjs/top.json',
    ]);
    expect(captured.write()).toEqual([]);
  });

  it('does not guess whose request it is when tests of one process run at the same time', async () => {
    const body = `describe('both', { concurrency: 2 }, () => {
  let arrived = 0; let open; const together = new Promise((resolve) => { open = resolve; });
  for (const name of ['x', 'y']) test(name, async () => { if (++arrived === 2) open(); await together; await fetch(shop.url + '/' + name); if (++arrived === 4) release(); await both; });
  let release; const both = new Promise((resolve) => { release = resolve; });
});
test('alone', () => fetch(shop.url + '/alone'));`;
    const captured = await capture(makeRepo({ 'shop.mjs': support, 'a.test.mjs': nodeTest(body) }), 'node --test a.test.mjs');
    expect(asked(captured)).toEqual([['alone', [['GET /alone', 1]]]]);
    expect(captured.outside).toHaveLength(2);
  });

  it('says that the app was inside the test process', async () => {
    const body = `import { createServer } from 'node:http';
import { test } from 'node:test';
test('in process', async () => {
  const server = createServer((q, r) => r.end('hi'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  await fetch('http://127.0.0.1:' + server.address().port);
  server.close(); server.closeAllConnections();
});`;
    await expect(capture(makeRepo({ 'a.test.mjs': body }), 'node --test a.test.mjs')).rejects.toMatchObject({
      code: 'TW3031',
      detail: expect.stringContaining('1 of 1 request were answered inside the test process'),
      next: expect.stringContaining('program of its own'),
    });
  });
});

describe('Vitest', () => {
  const spec = `import { afterAll, beforeAll, test } from 'vitest';
import { startShop } from './shop.mjs';
let shop;
beforeAll(async () => { shop = await startShop(); });
afterAll(() => shop.stop());
test('one', () => fetch(shop.url + '/one'));
test.concurrent('left', () => fetch(shop.url + '/left'));
test.concurrent('right', () => fetch(shop.url + '/right'));
`;

  it.each(['threads', 'forks'])(
    'groups by test in the pool %s, and leaves concurrent tests out',
    async (pool) => {
      const root = makeRepo({ 'shop.mjs': support, 'a.test.mjs': spec, 'package.json': '{"name":"shop","type":"commonjs"}' });
      symlinkSync(modules, join(root, 'node_modules'));
      const captured = await capture(root, `node_modules/.bin/vitest run --pool=${pool}`);
      expect(asked(captured)).toEqual([['one', [['GET /one', 1]]]]);
      expect(captured.outside).toHaveLength(2);
    },
    60_000,
  );
});

describe('a command', () => {
  it('that never ends is ended, with what it started, and named', async () => {
    const root = makeRepo({
      'watch.js': "require('child_process').spawn('sleep', ['5555'], { detached: true }); setInterval(() => {}, 1e6)",
    });
    await expect(captureTests(root, ['node', 'watch.js'], { env, output: 'stderr', timeoutMs: 700 })).rejects.toMatchObject({
      code: 'TW3033',
      detail: expect.stringMatching(
        /^`node watch\.js`, after 0\.7 seconds; ended: (node watch\.js, sleep 5555|sleep 5555, node watch\.js)$/,
      ),
    });
  });

  it('that fails, is not there, or is interrupted: nothing is recorded', async () => {
    const root = makeRepo();
    await expect(capture(root, 'node -e process.exit(7)')).rejects.toMatchObject({
      code: 'TW3030',
      detail: expect.stringContaining('ended with 7'),
    });
    await expect(capture(root, 'no-such-program')).rejects.toMatchObject({ code: 'TW3015' });
    const interrupted = captureTests(root, ['sleep', '6666'], { env, output: 'stderr', signal: AbortSignal.timeout(100) });
    await expect(interrupted).rejects.toMatchObject({ code: 'TW3011', detail: expect.stringContaining('sleep 6666') });
    expect(existsSync(join(root, '.tracewright'))).toBe(false);
  });

  it('of a runner that does not tell which test runs says so', async () => {
    const root = makeRepo({ 'node_modules/ava/cli.js': 'process.exit(0)' });
    await expect(capture(root, 'node node_modules/ava/cli.js')).rejects.toMatchObject({
      code: 'TW3031',
      detail: expect.stringContaining('not grouped by test, because ava does not tell which test runs'),
    });
  });
});

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, expectTypeOf, it, onTestFinished, vi } from 'vitest';
import { expectTrace, startProgram, startReceiver, type TestProgram, type TestReceiver } from './index.ts';
import './vitest.ts';

const cwd = mkdtempSync(join(tmpdir(), 'tracewright-testing-'));
cpSync(fileURLToPath(new URL('../verify/fixtures/traced-by-hand', import.meta.url)), cwd, { recursive: true });

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function receive(): Promise<TestReceiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  return receiver;
}

async function start(receiver: TestReceiver, env: Record<string, string> = {}): Promise<TestProgram> {
  const program = await startProgram({ command: 'node server.js', cwd, receiver, env });
  onTestFinished(async () => {
    await program.stop();
  });
  return program;
}

async function fault(promise: Promise<void>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no fault';
}

describe('a program under test', () => {
  it('is started, asked, stopped, and its spans are whole then', async () => {
    const shop = await start(await receive());
    const reply = await shop.request('/hello');
    expect(await reply.response.text()).toBe('fine');
    expect(await shop.stop()).toMatchObject({ code: 0, early: false });
    await expect(reply).toHaveSpan('shop SERVER GET /hello');
    await expect(reply).toBeOneTrace();
    await expect(reply).not.toHaveSpan({ kind: 'CLIENT' });
    await expectTrace(reply).toHaveSpan({ name: /hello$/, attributes: { 'http.response.status_code': 200 } });
  });

  it('is not taken for another that ended before it was ready', async () => {
    const started = startProgram({ command: 'node nothing-here.js', cwd, receiver: await receive() });
    await expect(started).rejects.toMatchObject({ code: 'TW3003' });
  });

  it('passes its trace on, or the failure shows the trees', async () => {
    const receiver = await receive();
    const stock = await start(receiver, { SERVICE: 'stock' });
    const shop = await start(receiver, { STOCK_URL: stock.url });
    const broken = await start(receiver, { SERVICE: 'broken', STOCK_URL: stock.url, DROP: '1' });
    const good = await shop.request('/stock');
    const bad = await broken.request('/stock');
    await Promise.all([stock, shop, broken].map((program) => program.stop()));
    await expect(good).toPropagate('shop', 'stock');
    await expect(good).toBeOneTrace();
    expect(await fault(expectTrace(bad).toBeOneTrace())).toMatchInlineSnapshot(`
      "2 traces instead of one

      trace 1 span, 1 service
      └─ broken  SERVER GET /stock  200  1 log
      trace 2 spans, 2 services
      └─ broken  CLIENT GET
         └─ stock  SERVER GET /level  200  1 log
      "
    `);
    expect(await fault(expectTrace(good).toPropagate('stock', 'shop'))).toContain('no call from stock continues its trace in shop');
    expect(await fault(expectTrace(good).toPropagate('shop', 'bank'))).toContain('no span of bank arrived');
    expect(await fault(expectTrace(good).toHaveSpan('GET /nowhere'))).toContain('no span is GET /nowhere');
  });

  it('shows a span whose parent never arrived', async () => {
    const shop = await start(await receive(), { ORPHAN: '1' });
    const reply = await shop.request('/hello');
    await shop.stop();
    expect(await fault(expectTrace(reply).toBeOneTrace())).toMatch(/^the parent of shop SERVER GET \/hello never arrived\n\ntrace 1 span/);
  });
});

describe('toMatchGoldenTrace', () => {
  it('writes once, compares afterwards, refuses to write in CI and before the program ended', async () => {
    vi.stubEnv('CI', '');
    vi.stubEnv('TRACEWRIGHT_UPDATE', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const root = mkdtempSync(join(tmpdir(), 'tracewright-golden-'));
    const receiver = await receive();
    const shop = await start(receiver);
    const [hello, boom] = await Promise.all([shop.request('/hello'), shop.request('/boom')]);
    expect(await fault(expectTrace(hello, { timeoutMs: 0 }).toMatchGoldenTrace('hello', { root }))).toContain(
      '`node server.js` still runs',
    );
    await shop.stop();

    await expect(hello).toMatchGoldenTrace('hello', { root });
    const file = join(root, '.tracewright/golden/hello.json');
    const written = readFileSync(file, 'utf8');
    expect(JSON.parse(written)).toMatchObject({ scenario: 'hello', traces: [{ request: 'GET /hello' }] });

    vi.stubEnv('CI', 'true');
    await expect(hello).toMatchGoldenTrace('hello', { root });
    expect(await fault(expectTrace(boom).toMatchGoldenTrace('hello', { root }))).toContain('not as in .tracewright/golden/hello.json');
    expect(await fault(expectTrace(boom).toMatchGoldenTrace('boom', { root }))).toContain('CI=true refuses to write it');
    expect(existsSync(join(root, '.tracewright/golden/boom.json'))).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(written);
  });
});

it('keeps the attributes that tracewright.yaml names, and no secret', async () => {
  vi.stubEnv('CI', '');
  vi.stubEnv('SHOP_TOKEN', 'correct-horse');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const root = mkdtempSync(join(tmpdir(), 'tracewright-golden-'));
  writeFileSync(join(root, 'tracewright.yaml'), 'version: 1\nattributes: [url.path]\nservices: [{ name: shop }]\n');
  const shop = await start(await receive());
  const reply = await shop.request('/correct-horse');
  await shop.stop();
  await expect(reply).toMatchGoldenTrace('one', { root });
  await expect(reply).toMatchGoldenTrace('one', { root });
  expect(readFileSync(join(root, '.tracewright/golden/one.json'), 'utf8')).toContain('"url.path": "/<secret>"');
  expect(await fault(expectTrace(reply).toHaveSpan('nothing'))).not.toContain('correct-horse');
});

it('is typed', async () => {
  const receiver = await receive();
  expectTypeOf(expect(receiver).toBeOneTrace).returns.toEqualTypeOf<Promise<void>>();
  expectTypeOf(receiver.request).parameter(0).toEqualTypeOf<string | URL>();
  // @ts-expect-error a kind that there is not
  expectTypeOf(expectTrace(receiver).toHaveSpan).toBeCallableWith({ kind: 'SERVR' });
  // @ts-expect-error both services are needed
  expectTypeOf(expectTrace(receiver).toPropagate).toBeCallableWith('shop');
});

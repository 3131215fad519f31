import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';

interface Program {
  readonly url: string;
  stop(): Promise<number | null>;
}

const entry = ['services/orders/dist/main.js'];
let stock: Program;
let service: Program;

beforeAll(async () => {
  stock = await start(['services/stock/dist/main.js'], {});
  service = await start(entry, { STOCK_URL: stock.url });
}, 60_000);

afterAll(() => Promise.all([service.stop(), stock.stop()]));

test('it is alive and ready', async () => {
  expect(await get('/health')).toEqual([200, { status: 'ok' }]);
  expect(await get('/ready')).toEqual([200, { ready: true }]);
});

test('an order asks the stock service', async () => {
  expect(await get('/orders/tea')).toEqual([200, { sku: 'tea', available: true }]);
});

test('every error has one form', async () => {
  expect(await get('/nowhere')).toMatchObject([404, { error: { code: 'not_found' } }]);
  expect(await get('/orders/%E0')).toMatchObject([400, { error: { code: 'bad_request' } }]);
  expect(await get('/orders/nothing')).toMatchObject([502, { error: { code: 'upstream_failed' } }]);
});

test('a wrong setting stops it with a sentence', async () => {
  await expect(start(entry, { STOCK_URL: 'nowhere' })).rejects.toThrow('STOCK_URL is no URL: nowhere');
}, 30_000);

test('a request that is under way when SIGTERM comes is answered', async () => {
  const other = await start(entry, { STOCK_URL: stock.url });
  const reply = fetch(`${other.url}/orders/slow`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const ended = other.stop();
  expect((await reply).status).toBe(200);
  expect(await ended).toBe(0);
}, 30_000);

async function get(path: string): Promise<readonly [number, unknown]> {
  const reply = await fetch(service.url + path);
  return [reply.status, await reply.json()];
}

/** Starts a program on a free port and waits until it says which. */
async function start(words: readonly string[], env: Readonly<Record<string, string>>): Promise<Program> {
  const child: ChildProcess = spawn(process.execPath, words, { env: { ...process.env, PORT: '0', ...env } });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  let said = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (bytes) => {
      said += bytes;
      const [, found] = /"message":"listening","port":(\d+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.stderr?.on('data', (bytes) => (said += bytes));
    ended.then(() => reject(new Error(said)));
  });
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

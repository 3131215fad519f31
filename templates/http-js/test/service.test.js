import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';

let stock;
let service;

before(async () => {
  stock = await start('dev/stock.mjs', {});
  service = await start('src/main.js', { STOCK_URL: `${stock.url}/stock` });
});

after(() => Promise.all([service.stop(), stock.stop()]));

test('it is alive and ready', async () => {
  assert.deepEqual(await get('/health'), [200, { status: 'ok' }]);
  assert.deepEqual(await get('/ready'), [200, { ready: true }]);
});

test('an order asks the stock service', async () => {
  assert.deepEqual(await get('/orders/tea'), [200, { sku: 'tea', available: true }]);
});

test('every error has one form', async () => {
  const [missing, { error: notFound }] = await get('/nowhere');
  assert.deepEqual([missing, notFound.code], [404, 'not_found']);
  const [failed, { error: upstream }] = await get('/orders/nothing');
  assert.deepEqual([failed, upstream.code], [502, 'upstream_failed']);
});

test('a wrong setting stops it with a sentence', async () => {
  await assert.rejects(start('src/main.js', { STOCK_URL: 'nowhere' }), /STOCK_URL is no URL: nowhere/);
});

test('a request that is under way when SIGTERM comes is answered', async () => {
  const other = await start('src/main.js', { STOCK_URL: `${stock.url}/stock` });
  const reply = fetch(`${other.url}/orders/slow`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const ended = other.stop();
  assert.equal((await reply).status, 200);
  assert.equal(await ended, 0);
});

async function get(path) {
  const reply = await fetch(service.url + path);
  return [reply.status, await reply.json()];
}

/** Starts a program on a free port and waits until it says which. */
async function start(file, env) {
  const child = spawn(process.execPath, [file], { env: { ...process.env, PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close').then(([code]) => code);
  let said = '';
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const [, found] = /"message":"listening","port":(\d+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.stderr.on('data', (bytes) => (said += bytes));
    ended.then(() => reject(new Error(said)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

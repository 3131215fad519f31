import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { beginServices, planServices } from '../../src/scaffold/index.ts';
import { makeFolder, readFolder, runCli } from '../harness/run-cli.ts';

const services = ['express-ts', 'fastify-ts', 'worker-bullmq-ts', 'express-ts'];
const urlOf = (name: string, path: string): string => `\${services.${name}.url}${path}`;
const words = ['new', '--services', services.join(','), 'shop', '--yes', '--no-start', '--no-git', '--name', '@acme/shop'];

test('several services are one word, each asks the next, and check finds all in order', async () => {
  const cwd = makeFolder({});
  const { exit, stdout } = await runCli([...words, '--json'], { cwd });
  expect(exit).toBe(0);
  const names = ['shop-express', 'shop-fastify', 'shop-worker-bullmq', 'shop-express-2'];
  expect(JSON.parse(stdout)).toMatchObject({ services: names, folder: 'shop' });
  const read = (file: string): string => readFileSync(join(cwd, 'shop', file), 'utf8');
  expect(parse(read('tracewright.yaml')).services).toMatchObject([
    { name: 'shop-express', dir: 'services/express', env: { STOCK_URL: urlOf('shop-fastify', '/orders') } },
    { name: 'shop-fastify', env: { STOCK_URL: urlOf('shop-worker-bullmq', '/orders') } },
    { name: 'shop-worker-bullmq', env: { STOCK_URL: urlOf('shop-express-2', '/orders') } },
    { name: 'shop-express-2', env: { STOCK_URL: urlOf('stock', '/stock') } },
    { name: 'stock', dir: 'services/express-2' },
  ]);
  const compose = parse(read('compose.yaml'));
  expect(Object.keys(compose.services)).toEqual([...names, 'stock', 'collector', 'jaeger', 'redis']);
  expect(compose.services['shop-worker-bullmq']).toMatchObject({
    build: './services/worker-bullmq',
    environment: { REDIS_URL: 'redis://redis:6379', STOCK_URL: 'http://shop-express-2:3000/orders' },
    depends_on: ['collector', 'redis', 'shop-express-2'],
  });
  expect(parse(read('.github/workflows/ci.yml')).jobs.test.services).toHaveProperty('redis');
  expect(JSON.parse(read('services/express/package.json')).name).toBe('@acme/shop-express');
  // Nobody reads a workflow below the root.
  expect(existsSync(join(cwd, 'shop/services/express/.github'))).toBe(false);
  for (const folder of ['shop', 'shop/services/fastify']) expect(await runCli(['check', folder], { cwd })).toMatchObject({ exit: 0 });
});

test('twice the same bytes, and one undo takes all of them away', async () => {
  const [cwd, other] = [makeFolder({}), makeFolder({})];
  await Promise.all([runCli(words, { cwd }), runCli(words, { cwd: other })]);
  expect(Object.keys(readFolder(cwd)).length).toBeGreaterThan(80);
  expect(readFolder(cwd)).toEqual(readFolder(other));
  expect(await runCli(['undo', 'shop', '--yes'], { cwd })).toMatchObject({ exit: 0 });
  expect(readFolder(cwd)).toEqual({});
  expect(existsSync(join(cwd, 'shop/services'))).toBe(false);
});

test('when one of them cannot be written, none is', () => {
  const cwd = makeFolder({});
  const folder = join(cwd, 'shop');
  const plans = planServices(folder, { template: 'several', name: 'shop', node: '20', services: ['http-js', 'express-ts'] });
  const broken = plans.map((each, at) => (at === 2 ? { ...each, plan: { ...each.plan, hash: '0'.repeat(64) } } : each));
  expect(() => beginServices(folder, broken)).toThrow();
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['one template', ['--services', 'http-js', 'shop'], 'TW1072', 'two templates or more'],
  ['an unknown one', ['--services', 'http-js,expres-ts', 'shop'], 'TW1103', 'did you mean express-ts'],
  ['a second folder', ['--services', 'http-js,express-ts', 'shop', 'more'], 'TW1072', 'one folder too many'],
  ['a folder above', ['--services', 'http-js,express-ts', '../shop'], 'TW1105', 'leads up'],
  ['a name that npm refuses', ['--services', 'http-js,express-ts', 'shop', '--name', 'Shop'], 'TW1102', 'Shop'],
])('%s is refused, and nothing is written', async (_name, more, code, says) => {
  const cwd = makeFolder({});
  const { exit, stderr } = await runCli(['new', ...more, '--yes'], { cwd });
  expect([exit, stderr.startsWith(code)]).toEqual([2, true]);
  expect(stderr).toContain(says);
  expect(readFolder(cwd)).toEqual({});
});

import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectV2, followNext } from '../harness/mcp-client.ts';
import { makeFolder, readFolder } from '../harness/run-cli.ts';

test('an agent that only follows `next` begins a service, runs and proves it in under 4,000 tokens', { timeout: 300_000 }, async () => {
  const cwd = makeFolder({});
  const client = await connectV2({ cwd });
  const input = { root: 'orders', template: 'http-js' };
  const made = await followNext(client, { tool: 'plan', arguments: input, why: 'the first call' });
  expect(made.map(({ step }) => step.tool).filter((tool, at, all) => tool !== all[at - 1])).toEqual(['plan', 'apply', 'verify']);
  const last = made.at(-1)?.answer.facts;
  expect(last).toMatchObject({ ok: true, done: true, golden: [{ status: 'equal' }] });
  const tokens = Math.ceil(made.reduce((sum, { answer }) => sum + answer.text.length, 0) / 4);
  process.stdout.write(`a new service: ${made.length} calls, ${tokens} tokens\n`);
  expect(tokens).toBeLessThan(4_000);
  const undone = await client.call('undo', { root: 'orders' });
  expect(undone.isError).toBe(false);
  expect(existsSync(join(cwd, 'orders/package.json'))).toBe(false);
  await client.close();
});

test('plan writes nothing, apply writes what was shown, and a second one nothing', { timeout: 60_000 }, async () => {
  const cwd = makeFolder({ 'full/package.json': '{}\n' });
  const client = await connectV2({ cwd });
  const input = { root: 'stock', template: 'http-js @acme/stock 24' };
  const plan = await client.call('plan', input);
  expect(readFolder(cwd)).toEqual({ 'full/package.json': '{}\n' });
  const order = plan.facts.next.arguments;
  expect(order).toMatchObject({ ...input, planHash: plan.facts['planHash'] });
  for (const [wrong, code] of [
    [{ ...order, template: 'http-js @acme/stock 20' }, 'TW2001'],
    [{ ...order, template: 'http-js Stock' }, 'TW1102'],
    [{ ...order, template: 'http-j' }, 'TW1103'],
    [{ ...order, root: 'full' }, 'TW1101'],
    [{ ...order, root: '../stock' }, 'TW1090'],
    [{ ...order, root: tmpdir() }, 'TW1090'],
  ] as const)
    expect((await client.call('apply', wrong)).facts).toMatchObject({ code, next: { tool: expect.any(String) } });
  const stale = await client.call('apply', { ...order, template: 'http-js @acme/stock 20' });
  expect(stale.facts.next).toMatchObject({ tool: 'plan', arguments: { root: 'stock', template: 'http-js @acme/stock 20' } });
  expect(readFolder(cwd)).toEqual({ 'full/package.json': '{}\n' });
  expect((await client.call('apply', order)).facts).toMatchObject({ status: 'applied', installs: ['npm install'] });
  expect((await client.call('apply', order)).facts).toMatchObject({ status: 'unchanged', changed: 0 });
  await client.close();
});

test('a folder that leads elsewhere is not entered', { timeout: 60_000 }, async () => {
  const [cwd, other] = [makeFolder({}), makeFolder({})];
  mkdirSync(join(cwd, 'inside'));
  symlinkSync(other, join(cwd, 'inside/away'));
  const client = await connectV2({ cwd });
  expect((await client.call('plan', { root: 'inside/away/orders', template: 'http-js' })).facts).toMatchObject({ code: 'TW1090' });
  expect(readFolder(other)).toEqual({});
  await client.close();
});

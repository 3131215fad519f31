import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectV2, type McpClient } from '../harness/mcp-client.ts';
import { makeFolder } from '../harness/run-cli.ts';

const app = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};

/** A repository with a migration applied, and a package manager that fails as soon as the test lets it. */
interface Gated {
  readonly cwd: string;
  connect(words?: readonly string[]): Promise<McpClient>;
  open(): void;
  installs(): number;
}

async function applyGated(): Promise<Gated> {
  const cwd = makeFolder(app);
  const bin = makeFolder({
    npm: `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync(__dirname + '/installs', 'x');
const gate = () => fs.existsSync(__dirname + '/gate') && (console.error('no registry today'), process.exit(3));
fs.watch(__dirname, gate);
gate();
`,
  });
  chmodSync(join(bin, 'npm'), 0o755);
  const env = { PATH: `${bin}:${process.env['PATH']}` };
  const connect: Gated['connect'] = (words = ['--wait', '0']) => connectV2({ cwd, env, words });
  const client = await connect();
  const { facts } = await client.call('plan', { root: '.' });
  expect(await client.call('apply', { root: '.', planHash: facts['planHash'] })).toMatchObject({ isError: false });
  await client.close();
  return { cwd, connect, open: () => writeFileSync(join(bin, 'gate'), ''), installs: () => readFileSync(join(bin, 'installs')).length };
}

const waiting = { isError: false, facts: { done: false, next: { tool: 'verify', arguments: { root: '.' } } } };

/** Asks until the work says what it does: how far it came is not known, that it goes on is. */
async function untilInstalling(client: McpClient): Promise<void> {
  for (let running: unknown; running !== '(cd . && npm install)'; ) {
    const answer = await client.call('verify', { root: '.' });
    expect(answer).toMatchObject(waiting);
    running = answer.facts['running'];
  }
}

test('verify goes on when client and server are killed, and one run serves two servers', { timeout: 120_000 }, async () => {
  const repo = await applyGated();
  const first = await repo.connect();
  await untilInstalling(first);
  if (first.pid !== null) process.kill(first.pid, 'SIGKILL');
  await first.close();

  const second = await repo.connect();
  const third = await repo.connect(['--wait', '45']);
  expect(await second.call('verify', { root: '.' })).toMatchObject(waiting);
  const busy = { isError: true, facts: { code: 'TW2005', done: false } };
  expect(await second.call('undo', { root: '.' })).toMatchObject(busy);
  expect(await second.call('verify', { root: '.', record: true })).toMatchObject(busy);
  expect(await second.call('apply', { root: '.', planHash: '0'.repeat(64) })).toMatchObject(busy);

  const ended = third.call('verify', { root: '.' });
  repo.open();
  const answer = await ended;
  expect(answer).toMatchObject({ isError: true, facts: { code: 'TW1077', next: { tool: 'verify', arguments: { root: '.' } } } });
  expect(answer.facts['message']).toContain('no registry today');
  expect(answer.text).not.toContain(repo.cwd);
  expect(repo.installs()).toBe(1);

  // What was handed out is not handed out again: the next call looks anew.
  expect(await third.call('verify', { root: '.' })).toMatchObject({ facts: { code: 'TW1077' } });
  expect(repo.installs()).toBe(2);
  expect(await second.call('undo', { root: '.' })).toMatchObject({ isError: false });
  await Promise.all([second.close(), third.close()]);
});

test('an end that nobody heard is told to the next call, unless the repository changed since', { timeout: 120_000 }, async () => {
  const repo = await applyGated();
  const client = await repo.connect();
  repo.open();
  await untilEnded(client);
  expect(repo.installs()).toBe(1);
  writeFileSync(join(repo.cwd, 'index.js'), `${app['index.js']}// edited\n`);
  await untilEnded(client);
  expect(repo.installs()).toBe(2);
  await client.close();
});

async function untilEnded(client: McpClient): Promise<void> {
  for (;;) {
    const answer = await client.call('verify', { root: '.' });
    if (answer.facts['code'] === 'TW1077') return;
    expect(answer).toMatchObject(waiting);
  }
}

test('a large repository is planned in the background, and not again for its next page', { timeout: 180_000 }, async () => {
  const many = Object.fromEntries(Array.from({ length: 15_100 }, (_, index) => [`data/${index % 100}/${index}.txt`, '']));
  const cwd = makeFolder({ ...app, ...many });
  const hurried = await connectV2({ cwd, words: ['--wait', '0'] });
  const first = await hurried.call('plan', { root: '.' });
  expect(first.facts).toMatchObject({ done: false, next: { tool: 'plan', arguments: { root: '.' } } });
  await hurried.close();
  const patient = await connectV2({ cwd });
  const plan = await patient.call('plan', { root: '.' });
  expect(plan.facts).toMatchObject({ counts: { files: 4 }, next: { tool: 'apply' } });
  expect(await patient.call('apply', { root: '.', planHash: plan.facts['planHash'] })).toMatchObject({ facts: { changed: 4 } });
  expect(await patient.call('status', { root: '.' })).toMatchObject({ facts: { migrated: true } });
  await patient.close();
});

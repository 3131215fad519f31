import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectV2, type McpClient, type ToolAnswer } from '../harness/mcp-client.ts';
import { runCli } from '../harness/run-cli.ts';
import { type Attack, gitAttacks, homeAttacks, treeAttacks } from './attacks.ts';

const app = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" } }\n',
  'index.js': "require('http').createServer((req, res) => res.end()).listen(3000);\n",
};
const beside = { 'canary.txt': 'untouched\n', 'package-lock.json': '{}\n', 'victim/stage/kept': 'kept\n', 'victim/cache/kept': 'kept\n' };

let lab = '';
let client: McpClient;
let tools = '';

beforeAll(async () => {
  lab = mkdtempSync(join(tmpdir(), 'tracewright-attacks-'));
  client = await connectV2({ cwd: lab });
  tools = JSON.stringify(await client.list());
});
afterAll(async () => {
  expect(JSON.stringify(await client.list())).toBe(tools);
  await client.close();
});

/** A repository in a folder of its own, with things beside it that must stay as they are. */
function lay(name: string, attack: Attack): { readonly root: string; readonly around: string; readonly cwd: string } {
  const root = `${name.replaceAll(/[^a-z0-9]+/gi, '-')}/repo`;
  const cwd = join(lab, root);
  const around = dirname(cwd);
  for (const [file, text] of Object.entries(beside)) write(join(around, file), text);
  mkdirSync(join(around, 'empty'));
  for (const [file, text] of Object.entries({ ...app, ...attack.files })) write(join(cwd, file), text);
  attack.prepare?.({ cwd, around, pid: client.pid ?? 0 });
  return { root, around, cwd };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Everything around a repository, folders, links and modes too. */
function stateOf(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    if (path === 'repo' || path === 'moved') return [];
    const stat = lstatSync(join(folder, path));
    const line = `${path} ${stat.mode}`;
    if (stat.isDirectory()) return [line, ...stateOf(folder, path)];
    if (stat.isSymbolicLink()) return [`${line} ${readlinkSync(join(folder, path))}`];
    return [
      stat.isFile()
        ? `${line} ${createHash('sha256')
            .update(readFileSync(join(folder, path)))
            .digest('hex')}`
        : line,
    ];
  });
}

/** Names of files that only a command which was run can have made. */
function markers(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return markers(join(folder, entry.name));
    return entry.name === 'pwned' ? [join(folder, entry.name)] : [];
  });
}

function expectAnswer({ text, facts, isError }: ToolAnswer): void {
  expect(text).toBe(JSON.stringify(facts));
  expect(text.length).toBeLessThanOrEqual(32_000);
  expect(text).not.toMatch(/\bat (?:\S+ )?\(?(?:file:|\/|node:)\S+:\d+/);
  expect(JSON.stringify(facts.next)).not.toMatch(/IGNORE|SYSTEM|pwned/);
  expect(facts.next.tool).toMatch(/^(apply|explain|plan|status|undo|verify)$/);
  if (!isError) return;
  expect(facts['code']).toMatch(/^TW[1-4]\d{3}$/);
  expect(facts['message']).toMatch(/\S/);
}

/** All that may be called without starting the program. */
async function callAll(root: string): Promise<readonly ToolAnswer[]> {
  const plan = await client.call('plan', { root });
  const answers = [plan];
  const planHash = plan.facts['planHash'] ?? '0'.repeat(64);
  for (const [tool, input] of [
    ['apply', { planHash }],
    ['status', {}],
    ['undo', {}],
  ] as const)
    answers.push(await client.call(tool, { root, ...input }));
  return answers;
}

test('there are 40 of them and more', () => {
  expect([treeAttacks, homeAttacks, gitAttacks].flatMap(Object.keys).length).toBeGreaterThanOrEqual(40);
});

describe.each([
  ['paths and links', treeAttacks],
  ['files of ours that somebody else wrote', homeAttacks],
  ['git', gitAttacks],
] as const)('%s', (_group, attacks) => {
  test.each(Object.entries<Attack>(attacks))('%s', { timeout: 60_000 }, async (name, attack) => {
    const { root, around, cwd } = lay(name, attack);
    const before = stateOf(around);
    const marked = markers(around);
    const answers = await callAll(root);
    expect(stateOf(around)).toEqual(before);
    expect(markers(around)).toEqual(marked);
    for (const answer of answers) expectAnswer(answer);
    if (attack.codes) expect(answers.map(({ facts }) => facts['code'])).toEqual(attack.codes);
    if (attack.cli)
      for (const words of attack.cli) {
        const run = await runCli(words, { cwd });
        expect(run.stdout + run.stderr).not.toMatch(/TW9001|\n {4}at |(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(stateOf(around)).toEqual(before);
        expect(markers(around)).toEqual(marked);
      }
  });
});

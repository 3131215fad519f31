import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkOut } from '../harness/check-out-example.ts';
import {
  connectHttpV1,
  connectHttpV2,
  connectV1,
  connectV2,
  followNext,
  type HttpServer,
  type McpClient,
  startHttp,
  type ToolAnswer,
} from '../harness/mcp-client.ts';

const clients: Readonly<Record<string, (cwd: string, http: HttpServer) => Promise<McpClient>>> = {
  'v2 client, 2025-11-25, stdio': (cwd) => connectV2({ cwd }, '2025'),
  'v1 client, 2025-11-25, stdio': (cwd) => connectV1({ cwd }),
  'v2 client, 2026-07-28, HTTP': (_cwd, { url }) => connectHttpV2(url),
  'v2 client, 2025-11-25, HTTP': (_cwd, { url }) => connectHttpV2(url, '2025'),
  'v1 client, 2025-11-25, HTTP': (_cwd, { url }) => connectHttpV1(url),
};

/** Those in which calls are written too. Of the others `tests/examples.test.ts` shows all but the way through MCP. */
const exampleNames = ['fetch-chain', 'legacy-express', 'plain-http', 'typescript-layers'];

const table: string[] = [];

afterAll(() => {
  process.stdout.write(`\n| repository | calls | tokens |\n| --- | --- | --- |\n${[...table].sort().join('')}\n`);
});

describe.each(exampleNames)('%s', (name) => {
  let cwd = '';
  let http: HttpServer;

  beforeAll(async () => {
    cwd = checkOut(name);
    http = await startHttp({ cwd });
  });
  afterAll(() => http.stop());

  test('an agent that only follows `next` migrates and verifies it, in at most 6,000 tokens', { timeout: 300_000 }, async () => {
    const client = await connectV2({ cwd });
    expect(client.protocol).toBe('2026-07-28');
    const made = await followNext(client, { tool: 'plan', arguments: { root: '.' }, why: 'the first call' });
    const last = made.at(-1)?.answer;
    if (last === undefined) throw new Error('no call was made');
    expectProof(last);
    expect(last.facts.done).toBe(true);
    const tokens = Math.ceil(made.reduce((sum, { answer }) => sum + answer.text.length, 0) / 4);
    table.push(`| ${name} | ${made.length} | ${tokens} |\n`);
    expect(tokens).toBeLessThanOrEqual(6_000);
    for (const { answer } of made) expect(answer.text.length / 4).toBeLessThanOrEqual(2_000);
    expect((await client.call('status', { root: '.' })).facts.done).toBe(true);
    await undoTo(cwd, client);
    await client.close();
  });

  test.each(Object.entries(clients))('%s drives plan, apply, verify and undo', { timeout: 300_000 }, async (label, connect) => {
    const client = await connect(cwd, http);
    expect(label).toContain(client.protocol);
    const plan = await client.call('plan', { root: '.' });
    const applied = await client.call('apply', { root: '.', planHash: plan.facts['planHash'] });
    expect(applied).toMatchObject({ isError: false, facts: { status: 'applied' } });
    expect((await client.call('apply', { root: '.', planHash: plan.facts['planHash'] })).facts).toMatchObject({ changed: 0 });
    const made = await followNext(client, { tool: 'verify', arguments: { root: '.' }, why: '' });
    expectProof(made.at(-1)?.answer);
    await undoTo(cwd, client);
    await client.close();
  });
});

/** Every trace is what it was recorded to be, and none of that is by chance: the spans are there. */
function expectProof(answer: ToolAnswer | undefined): void {
  expect(answer?.text).toBe(JSON.stringify(answer?.facts));
  expect(answer).toMatchObject({ isError: false, facts: { ok: true } });
  const checks = new Map(list(answer?.facts['checks']).map(({ id, status }) => [id, status]));
  for (const id of ['requests-answered', 'loaded-first', 'expected-spans', 'one-trace-per-request', 'golden-trace'])
    expect([id, checks.get(id)]).toEqual([id, 'pass']);
  const requests = list(answer?.facts['requests']);
  expect(requests.length).toBeGreaterThan(3);
  for (const { spans } of requests) expect(spans).toBeGreaterThan(0);
}

function list(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value : [];
}

async function undoTo(cwd: string, client: McpClient): Promise<void> {
  expect(await client.call('undo', { root: '.' })).toMatchObject({ isError: false });
  expect(execFileSync('git', ['status', '--porcelain'], { cwd, encoding: 'utf8' })).toBe('');
}

test('docs/mcp.md holds the table', () => {
  const page = readFileSync(new URL('../../docs/mcp.md', import.meta.url), 'utf8');
  for (const name of exampleNames) expect(page).toMatch(new RegExp(`^\\| ${name} \\| \\d+ \\| [1-5],?\\d{3} \\|$`, 'm'));
});

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { checkOut, exampleNames } from '../harness/check-out-example.ts';
import { connectV1, connectV2 } from '../harness/mcp-client.ts';
import { makeFolder, program } from '../harness/run-cli.ts';

const opening = {
  '2025-11-25': [
    {
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
    },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
  ],
};

/** The raw lines that a fresh server answers with, and when each came. */
async function ask(cwd: string, messages: readonly object[], answers: number): Promise<readonly { text: string; ms: number }[]> {
  const began = performance.now();
  const child = spawn(process.execPath, [...program, 'mcp'], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: { text: string; ms: number }[] = [];
  const heard = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      lines.push({ text, ms: performance.now() - began });
      if (lines.length === answers) resolve();
    });
  });
  for (const message of messages) child.stdin.write(`${JSON.stringify(message)}\n`);
  await heard;
  const ended = once(child, 'exit');
  child.stdin.end();
  expect((await ended)[0]).toBe(0);
  return lines;
}

const listing = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

test('tools/list has the same bytes on each of 20 starts, and at most 8 kB', { timeout: 120_000 }, async () => {
  const cwd = makeFolder({});
  const texts = new Set<string>();
  const times: number[] = [];
  for (let start = 0; start < 20; start += 1) {
    const [first, second] = await ask(cwd, [...opening['2025-11-25'], listing], 2);
    texts.add(second?.text ?? '');
    times.push(first?.ms ?? Number.POSITIVE_INFINITY);
  }
  expect(texts.size).toBe(1);
  const [text = ''] = texts;
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8_000);
  const { result }: { result: { tools: { name: string; description: string }[] } } = JSON.parse(text);
  expect(result.tools.map(({ name }) => name)).toEqual(['apply', 'explain', 'plan', 'status', 'undo', 'verify']);
  for (const { description } of result.tools) expect(description.length).toBeLessThanOrEqual(600);
  expect(JSON.stringify(result, undefined, 2)).toMatchSnapshot();
  expect(Math.min(...times)).toBeLessThan(1_000);
});

/** How much longer everything takes on this machine now than on a quiet one, by an empty Node.js process. */
function busyness(): number {
  const began = performance.now();
  execFileSync(process.execPath, ['-e', '0']);
  return Math.max(1, (performance.now() - began) / 60);
}

test.each(exampleNames)('a fresh server answers a plan of %s within a second', { timeout: 60_000 }, async (name) => {
  const cwd = checkOut(name);
  const plan = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'plan', arguments: { root: '.' } } };
  let best = Number.POSITIVE_INFINITY;
  for (let start = 0; start < 8 && best >= 1_000; start += 1) {
    const busy = busyness();
    const [, answer] = await ask(cwd, [...opening['2025-11-25'], plan], 2);
    expect(answer?.text).toContain('planHash');
    best = Math.min(best, (answer?.ms ?? Number.POSITIVE_INFINITY) / busy);
  }
  expect(best).toBeLessThan(1_000);
});

test('the instructions reach clients of both eras, whole', async () => {
  const cwd = makeFolder({});
  const [v1, v2] = await Promise.all([connectV1({ cwd }), connectV2({ cwd })]);
  expect(v1.instructions).toBe(v2.instructions);
  expect(v1.instructions?.length).toBeLessThan(2_048);
  for (const word of ['plan', 'apply', 'verify', 'next', 'done']) expect(v1.instructions).toContain(word);
  await Promise.all([v1.close(), v2.close()]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { proveTemplate } from '../../scripts/prove-template.ts';
import { hasRedis } from '../../scripts/start-redis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tracewright-prove-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function prove(id: string, ...without: readonly string[]): Promise<void> {
  const { steps } = await proveTemplate({ root, id, folder: join(folder, id), line: '20', binary: process.execPath, without });
  const all = ['new', 'npm ci', 'build', 'test', 'check', 'test:traces', 'lint', 'plan', 'undo'];
  expect(steps).toEqual(all.filter((step) => !without.includes(step)));
}

// One of each kind; `npm run templates:prove` does it with all, on every line of Node.js.
describe('a service is installed, built, tested, driven, as its golden trace says, and undone', { timeout: 300_000 }, () => {
  test('http-js', () => prove('http-js'));
  // Its Vitest is that of the worker.
  test('express-ts', () => prove('express-ts', 'test'));
  test.skipIf(!hasRedis())('worker-bullmq-ts', () => prove('worker-bullmq-ts'));
});

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { recordRepo } from '../index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** TRACEWRIGHT_RECORDINGS=200 for the long proof. */
const recordings = Number(process.env['TRACEWRIGHT_RECORDINGS'] ?? 8);

const setup = `version: 1
services:
  - name: gateway
    env: { SERVICE: gateway, STOCK_URL: "\${services.stock.url}" }
  - name: stock
    env: { SERVICE: stock }
scenarios:
  - name: journey
    requests: [GET /stock, GET /health, GET /stock]
`;

it(
  `gives the same bytes ${recordings} times on a loaded machine`,
  async () => {
    const root = makeRepo({ 'tracewright.yaml': setup });
    const load = Array.from({ length: 2 }, () => spawn(process.execPath, ['-e', 'for (;;) Math.sqrt(Math.random())'], { stdio: 'ignore' }));
    onTestFinished(() => {
      for (const child of load) child.kill('SIGKILL');
    });
    const file = join(root, '.tracewright/golden/journey.json');
    const seen = new Set<string>();
    for (let round = 0; round < recordings; round += 1) {
      rmSync(file, { force: true });
      await recordRepo(root, { env });
      seen.add(createHash('sha256').update(readFileSync(file)).digest('hex'));
    }
    expect(seen.size).toBe(1);
  },
  120_000 + recordings * 10_000,
);

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../tests/harness/run-cli.ts';
import { commitAll, makeRepo } from '../verify/fixtures/test-repo.ts';

test('verify --report writes the page of a real run, and git sees nothing of it', { timeout: 60_000 }, async () => {
  const root = makeRepo({ 'tracewright.yaml': 'version: 1\nservices:\n  - name: shop\n    command: node server.js\n' });
  commitAll(root);
  const run = await runCli(['verify', root, '--report', '--json']);
  expect(run).toMatchObject({ exit: 0, stderr: expect.stringContaining(`wrote ${join(root, '.tracewright/report.html')}`) });
  expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, spans: 1 });
  const page = readFileSync(join(root, '.tracewright/report.html'), 'utf8');
  expect(page).toContain('<b>Verified</b>');
  expect(page).toMatch(/<span class="kind">SERVER<\/span> <b>GET \/<\/b>/);
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })).toBe('');
});

test('verify --report shows a run that failed, and still fails', { timeout: 60_000 }, async () => {
  const root = makeRepo({
    '.tracewright/golden/default.json': JSON.stringify({ version: 1, scenario: 'default', traces: [{ request: 'GET /', spans: [] }] }),
  });
  const file = join(root, 'out', 'page.html');
  const run = await runCli(['verify', root, '--report', file]);
  expect(run.exit).not.toBe(0);
  expect(readFileSync(file, 'utf8')).toMatch(/<b>Not verified<\/b>[\s\S]*<\/span> extra<\/span> <b>shop SERVER GET \/<\/b>/);
});

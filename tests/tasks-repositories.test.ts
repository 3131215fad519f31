import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { runCli } from './harness/run-cli.ts';

const example = fileURLToPath(new URL('../examples/fetch-chain', import.meta.url));
const scenario = readFileSync(join(example, 'scenario.yaml'), 'utf8');
const names = ['gateway', 'orders', 'stock'];
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The services of the example as three repositories side by side, and what starts them together. */
function sideBySide(setup: string = scenario): string {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'tracewright-side-by-side-'));
  folders.push(root);
  for (const name of names) {
    const cwd = join(root, name);
    cpSync(join(example, 'app', name), cwd, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
    writeFileSync(join(cwd, '.gitignore'), 'node_modules\n');
    // A program that does not start without the address of the next one.
    if (name === 'gateway') prependFile(join(cwd, 'src/server.js'), 'new URL(process.env.ORDERS_URL);\n');
    const git = (...words: string[]): unknown => execFileSync('git', words, { cwd });
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 't');
    git('config', 'user.email', 't@localhost');
    git('add', '-A', '-f');
    git('commit', '-qm', 'as it was');
  }
  writeFileSync(join(root, 'tracewright.yaml'), setup);
  return root;
}

function prependFile(file: string, text: string): void {
  writeFileSync(file, text + readFileSync(file, 'utf8'));
}

const log = (root: string, name: string): readonly string[] =>
  execFileSync('git', ['log', '--format=%s'], { cwd: join(root, name), encoding: 'utf8' })
    .trim()
    .split('\n');

it('an edge stays shut until both services are in one trace; what waits for other edges is committed', { timeout: 300_000 }, async () => {
  // The last service starts a trace of its own, whatever it is sent.
  const root = sideBySide(scenario.replace('    dir: stock\n', '    dir: stock\n    env: { OTEL_PROPAGATORS: none }\n'));
  const planned = JSON.parse((await runCli(['tasks', 'plan', '--repo', 'gateway,orders,stock', '--json'], { cwd: root })).stdout);
  expect(planned).toMatchObject({ state: 'new', branch: 'tracewright/main', next: 'tracewright tasks run' });
  expect(Object.keys(planned.repositories)).toEqual(names);

  // The folders are known from the plan that is there.
  const again = JSON.parse((await runCli(['tasks', 'plan', '--again', '--json'], { cwd: root })).stdout);
  expect(again.repositories).toEqual(planned.repositories);

  const first = await runCli(['tasks', 'run', '--json'], { cwd: root });
  const { state, steps } = JSON.parse(first.stdout);
  const stateOf = (id: string): string => steps.find((step: { id: string }) => step.id === id)?.state;
  expect(first.exit, first.stderr).toBe(5);
  expect(state).toBe('failed');
  expect(steps.find(({ id }: { id: string }) => id === 'observe')).toMatchObject({
    failure: { code: 'TW4024', reason: expect.stringMatching(/^shop-orders -> shop-stock \(both sent spans, but in traces of their own/) },
    output: { pairs: ['shop-gateway -> shop-orders'] },
  });
  expect(names.map((name) => stateOf(`${name}:commit`))).toEqual(['done', 'pending', 'pending']);
  expect(log(root, 'gateway')).toEqual(['feat: trace with OpenTelemetry', 'as it was']);
  expect(log(root, 'stock')).toEqual(['as it was']);

  // What is observed must be what is kept: an edit that no commit holds is refused, a committed one is the person's.
  writeFileSync(join(root, 'tracewright.yaml'), scenario);
  appendFileSync(join(root, 'stock/server.js'), '// mended\n');
  const refused = JSON.parse((await runCli(['tasks', 'resume', '--json'], { cwd: root })).stdout);
  expect(refused.steps.find(({ id }: { id: string }) => id === 'observe')?.failure).toEqual({
    code: 'TW4015',
    reason: 'server.js in stock',
  });
  execFileSync('git', ['commit', '-qm', 'mended', 'server.js'], { cwd: join(root, 'stock') });

  const second = await runCli(['tasks', 'resume', '--json'], { cwd: root });
  expect(second, second.stderr).toMatchObject({ exit: 0 });
  const done = JSON.parse(second.stdout);
  expect(done).toMatchObject({ state: 'done', next: 'git -C gateway log' });
  expect(done.steps.filter(({ id, attempts }: { id: string; attempts: number }) => id !== 'observe' && attempts !== 1)).toEqual([]);
  for (const name of names) {
    const mended = name === 'stock' ? ['mended'] : [];
    expect(log(root, name)).toEqual(['feat: trace with OpenTelemetry', ...mended, 'as it was']);
    const git = (...words: string[]): string => execFileSync('git', words, { cwd: join(root, name), encoding: 'utf8' }).trim();
    expect([git('status', '--porcelain'), git('branch', '--show-current')]).toEqual(['', 'tracewright/main']);
  }

  const twice = JSON.parse((await runCli(['tasks', 'run', '--json'], { cwd: root })).stdout);
  expect(twice).toMatchObject({ state: 'done', head: done.head });
  const mermaid = await runCli(['tasks', 'graph', '--mermaid'], { cwd: root });
  expect(mermaid.stdout).toMatch(/-\. "shop-gateway -> shop-orders" \.-> /);
});

it.each([
  ['TW4023', 'gateway,orders,orders/src', 'orders/src lies in orders'],
  ['TW4023', '../elsewhere', "'../elsewhere' is not a folder below this one"],
  ['TW1001', 'gateway,basket', 'basket'],
  ['TW4023', 'gateway,orders', "shop-stock of tracewright.yaml lies in 'stock', which is in none of them"],
  [
    'TW4023',
    'gateway,orders,stock --propagates shop-gateway:basket',
    "'basket' is none of the services shop-stock, shop-orders, shop-gateway",
  ],
  ['TW1072', 'gateway,orders,stock --propagates shop-gateway', '--propagates shop-gateway is not producer:consumer'],
])('%s refuses --repo %s, and writes nothing', async (code, words, said) => {
  const root = sideBySide();
  const run = await runCli(['tasks', 'plan', '--repo', ...words.split(' ')], { cwd: root });
  expect(run.stderr).toContain(code);
  expect(run.stderr).toContain(said);
  await expect(runCli(['tasks', 'status'], { cwd: root })).resolves.toMatchObject({ stderr: expect.stringContaining('TW4001') });
});

it('says that repositories need a tracewright.yaml beside them', async () => {
  const root = sideBySide();
  rmSync(join(root, 'tracewright.yaml'));
  const run = await runCli(['tasks', 'plan', '--repo', names.join(',')], { cwd: root });
  expect(run.stderr).toMatch(/TW4023 .*tracewright\.yaml is missing beside them/);
});

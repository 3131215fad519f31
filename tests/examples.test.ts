import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { SpanNode, Trace } from '../src/trace/index.ts';
import type { VerifyReport } from '../src/verify/index.ts';
import { runCli } from './harness/run-cli.ts';

const examples = fileURLToPath(new URL('../examples', import.meta.url));
const names = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'scenario.yaml')));
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The example as its owner has it, with scenarios and golden traces committed. */
function checkOut(name: string): string {
  const cwd = mkdtempSync(join(tmpdir(), `tracewright-${name}-`));
  folders.push(cwd);
  const example = join(examples, name);
  cpSync(join(example, 'app'), cwd, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  cpSync(join(example, 'scenario.yaml'), join(cwd, 'tracewright.yaml'));
  mkdirSync(join(cwd, '.tracewright'));
  cpSync(join(example, 'golden'), join(cwd, '.tracewright', 'golden'), { recursive: true });
  const git = (...words: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'core.autocrlf=false', ...words], { cwd });
  };
  git('init', '-q');
  git('add', '-A', '-f');
  git('commit', '-qm', 'as it was');
  return cwd;
}

const nodesOf = (node: SpanNode): readonly SpanNode[] => [node, ...node.children.flatMap(nodesOf)];

test('there are four examples', () => {
  expect(names).toEqual(['fetch-chain', 'legacy-express', 'plain-http', 'typescript-layers']);
});

describe.each(names)('%s', (name) => {
  test('is migrated, proven by its traces, unchanged in behaviour, and undone to the byte', { timeout: 300_000 }, async () => {
    const cwd = checkOut(name);
    const applied = await runCli(['apply', '--yes', '--install', '--json'], { cwd });
    expect(applied).toMatchObject({ exit: 0 });

    const verified = await runCli(['verify', '--frozen', '--against', 'HEAD', '--json'], { cwd });
    const report: VerifyReport = JSON.parse(verified.stdout);
    expect(report.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(verified.exit).toBe(0);
    for (const { trace, request } of report.requests) expectProof(request, trace);

    const again = await runCli(['apply', '--yes', '--allow-dirty', '--json'], { cwd });
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: 0 });

    expect(await runCli(['undo', '--json'], { cwd })).toMatchObject({ exit: 0 });
    expect(execFileSync('git', ['status', '--porcelain'], { cwd, encoding: 'utf8' })).toBe('');
  });
});

/** What every request of every example must show, whatever its golden trace says. */
function expectProof(request: string, trace: Trace | undefined): void {
  const nodes = trace?.roots.flatMap(nodesOf) ?? [];
  const servers = nodes.filter(({ span }) => span.kind === 'SERVER');
  expect(servers.length, `${request} has a SERVER span`).toBeGreaterThan(0);
  expect(trace?.roots.length, `${request} is one tree`).toBe(1);
  for (const { span, logs } of servers) {
    expect(span.name, request).toMatch(/^[A-Z]+( \/\S*)?$/);
    expect(logs.length, `${request} has logs with its trace id`).toBeGreaterThan(0);
    if (Number(span.attributes['http.response.status_code']) >= 500) expect(span.status, request).toBe('ERROR');
  }
}

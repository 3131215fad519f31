import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, program, readFolder, runCli } from '../../tests/harness/run-cli.ts';
import { quoteWord } from '../install/index.ts';

const self = [process.execPath, ...program].map(quoteWord).join(' ');
const service = {
  'package.json':
    '{\n  "name": "shop",\n  "scripts": { "start": "node server.js" },\n  "engines": { "node": "20" },\n  "dependencies": { "express": "4.18.0" }\n}\n',
  'server.js': "require('express')().listen(process.env.PORT);\n",
};
const span = "require('@opentelemetry/api').trace.getTracer('x').startSpan('run').end();\n";

function git(cwd: string, ...args: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd, encoding: 'utf8' });
}

describe('agent-init', () => {
  it('writes, prints, and takes out again; what it wrote does not stand in the way of apply', async () => {
    const cwd = makeFolder(service);
    const printed = await runCli(['agent-init', '--codex', '--print'], { cwd });
    expect(printed.stdout).toContain('+[mcp_servers.tracewright]');
    expect(readFolder(cwd)).toEqual(service);
    git(cwd, 'init', '-q');
    git(cwd, 'add', '-A');
    git(cwd, 'commit', '-qm', 'x');
    const written = await runCli(['agent-init', '--claude', '--codex', '--command', 'npx -y "tracewright@1.2.3"', '--json'], { cwd });
    expect(JSON.parse(written.stdout)).toMatchObject({
      chosen: 'named',
      agents: ['claude', 'codex'],
      program: ['npx', '-y', 'tracewright@1.2.3'],
      written: true,
    });
    expect((await runCli(['agent-init', '--claude', '--codex', '--command', 'npx -y tracewright@1.2.3'], { cwd })).stdout).toMatch(
      /^Nothing to write: 7 files in place/,
    );
    expect((await runCli(['apply', '--yes'], { cwd })).exit).toBe(0);
    expect((await runCli(['undo', '--yes'], { cwd })).exit).toBe(0);
    expect((await runCli(['agent-init', '--undo', '--yes'], { cwd })).stdout).toMatch(
      / {2}AGENTS\.md +is removed\n(?:.*\n)*restored: 0 files, removed: 8 files\n$/,
    );
    expect(git(cwd, 'status', '--porcelain').stdout).toBe('');
    expect(await runCli(['agent-init', '--undo'], { cwd })).toMatchObject({
      exit: 3,
      stderr: expect.stringMatching(/^TW2010 .*\n {2}next {3}agent-init has written nothing here\.\n$/),
    });
  });

  it('starts the clone it runs from, unless told what else', async () => {
    const cwd = makeFolder(service);
    const { stdout } = await runCli(['agent-init', '--cursor', '--json'], { cwd });
    const { program: words }: { program: string[] } = JSON.parse(stdout);
    expect(words[0]).toBe('node');
    expect(words[1]).toMatch(/^\.\.\/.*\/dist\/src\/cli\/main\.js$/);
    expect((await runCli(['agent-init', '--command', '"'], { cwd })).stderr).toMatch(/^TW1072 /);
  });
});

describe('check --staged', () => {
  it.each([false, true])('stops a commit from a git hook (worktree: %s) and lets it pass when the code is gone', async (isWorktree) => {
    const main = makeFolder(service);
    git(main, 'init', '-q');
    writeFileSync(join(main, '.git/hooks/pre-commit'), `#!/bin/sh\nexec ${self} check --staged\n`);
    chmodSync(join(main, '.git/hooks/pre-commit'), 0o755);
    git(main, 'add', '-A');
    expect(git(main, 'commit', '-qm', 'clean').status).toBe(0);
    const cwd = isWorktree ? `${main}-side` : main;
    if (isWorktree) git(main, 'worktree', 'add', '-q', cwd);
    writeFileSync(join(cwd, 'server.js'), `${service['server.js']}${span}`);
    const refused = git(cwd, 'commit', '-aqm', 'by hand');
    expect(refused.status).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toMatch(
      /server\.js:2 .*TW2112[\s\S]*next {2}Use traced\(name, fn\)[\s\S]*\nNext\n[\s\S]* apply`/,
    );
    writeFileSync(join(cwd, 'server.js'), service['server.js']);
    writeFileSync(join(cwd, 'other.js'), 'exports.a = 1;\n');
    git(cwd, 'add', 'other.js');
    expect(git(cwd, 'commit', '-qm', 'clean').status).toBe(0);
  });

  it('writes JSON, SARIF and JUnit', async () => {
    const cwd = makeFolder({ ...service, 'a.js': span });
    git(cwd, 'init', '-q');
    git(cwd, 'add', '-A');
    const { exit, stdout } = await runCli(['check', '--staged', '--json', '--sarif', 'out.sarif', '--junit', 'out.xml'], { cwd });
    expect(exit).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'faults',
      staged: 3,
      findings: [{ code: 'TW2112', file: 'a.js', line: 1, command: 'tracewright plan' }],
    });
    const { 'out.sarif': sarif, 'out.xml': junit } = readFolder(cwd);
    expect(JSON.parse(sarif ?? '')).toMatchObject({ runs: [{ results: [{ ruleId: 'TW2112', level: 'error' }] }] });
    expect(junit).toContain('<testsuites tests="1" failures="1"');
    expect(await runCli(['check', '--staged'], { cwd: makeFolder(service) })).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/^TW1082 /),
    });
  });
});

describe('check --hook claude', () => {
  const answer = (input: string, cwd: string): { status: number | null; stderr: string } => {
    const { status, stderr } = spawnSync(process.execPath, [...program, 'check', '--hook', 'claude'], { cwd, input, encoding: 'utf8' });
    return { status, stderr };
  };

  it('ends with 2 and a sentence for the model, 0 when all is well, 1 when it cannot tell', () => {
    const cwd = makeFolder(service);
    const call = (content: string): string =>
      JSON.stringify({ cwd, tool_name: 'Write', tool_input: { file_path: join(cwd, 'a.js'), content } });
    expect(answer(call(span), cwd)).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^"a\.js":1 startSpan starts a span by hand\. Use traced.*\nTake these lines out .* apply`: .*\n$/),
    });
    expect(answer(call('exports.a = 1;\n'), cwd)).toEqual({ status: 0, stderr: '' });
    expect(answer('nonsense', cwd)).toEqual({ status: 1, stderr: expect.stringMatching(/^TW1083 /) });
  });

  it('knows no other agent', async () => {
    expect(await runCli(['check', '--hook', 'nobody'])).toMatchObject({ exit: 2, stderr: expect.stringMatching(/^TW1072 .*nobody/) });
  });
});

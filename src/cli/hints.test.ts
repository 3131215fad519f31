import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder, program, runCli } from '../../tests/harness/run-cli.ts';
import { asCalled } from './as-called.ts';

const service = {
  'package.json':
    '{\n  "name": "shop",\n  "scripts": { "start": "node server.js" },\n  "engines": { "node": "20" },\n  "dependencies": { "express": "4.18.0" }\n}\n',
  'server.js': "require('express')().listen(process.env.PORT);\n",
};
const span = "require('@opentelemetry/api').trace.getTracer('x').startSpan('run').end();\n";

function repository(): { readonly cwd: string; git(...words: readonly string[]): string } {
  const cwd = makeFolder(service);
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...words], { cwd, encoding: 'utf8' });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it was');
  return { cwd, git };
}

/** How the program under test is called from a folder; with its loader it is no file that can be named. */
const named = (cwd: string): string => {
  const script = program.at(-1) ?? '';
  const near = relative(cwd, script);
  return `node ${near.length < script.length ? near : script}`;
};

it.each([
  ['Run `tracewright apply`, then tracewright verify .', 'Run `node a.js apply`, then node a.js verify .'],
  ['tracewright tasks approve gate && tracewright tasks run', 'node a.js tasks approve gate && node a.js tasks run'],
  // What is called in another way, and what is no command.
  ['npx tracewright plan, @x/tracewright plan, tracewright@1 plan', 'npx tracewright plan, @x/tracewright plan, tracewright@1 plan'],
  ['no tracewright runs here', 'no tracewright runs here'],
])('%s', (text, called) => {
  expect(asCalled(text, 'node a.js')).toBe(called);
});

it('the steps of check --staged work in their order, before and after a migration', { timeout: 60_000 }, async () => {
  const { cwd, git } = repository();
  const sinful = `${service['server.js']}${span}`;
  writeFileSync(join(cwd, 'server.js'), sinful);
  writeFileSync(join(cwd, 'other.js'), '1;\n');
  git('add', '-A');
  const refused = await runCli(['check', '--staged'], { cwd });
  expect(refused.exit).toBe(3);
  const [, ...steps] = refused.stdout.split('\nNext\n')[1]?.match(/^ {2}\d {2}.*$/gm) ?? [];
  expect(steps).toEqual([
    '  2  Commit what is left.',
    `  3  Run \`${named(cwd)} apply\`: it puts tracing in with vetted code.`,
    '  4  For spans of your own call `traced(name, fn)` of @tracewright/middleware, which apply adds.',
  ]);

  writeFileSync(join(cwd, 'server.js'), service['server.js']);
  git('add', '-A');
  expect((await runCli(['check', '--staged'], { cwd })).exit).toBe(0);
  git('commit', '-qm', 'what is left');
  expect(await runCli(['apply', '--yes'], { cwd })).toMatchObject({ exit: 0 });
  expect(execFileSync('grep', ['-c', '@tracewright/middleware', join(cwd, 'package.json')], { encoding: 'utf8' })).not.toBe('0\n');

  git('add', '-A');
  git('commit', '-qm', 'traced');
  writeFileSync(join(cwd, 'other.js'), span);
  git('add', '-A');
  expect((await runCli(['check', '--staged'], { cwd })).stdout).toContain(
    `  2  Run \`${named(cwd)} plan\`: it shows whether anything is missing.`,
  );
  expect((await runCli(['plan'], { cwd })).exit).toBe(0);
});

it('what stands where a person copies it from can be typed here', { timeout: 60_000 }, async () => {
  const { cwd } = repository();
  const start = named(cwd);
  expect((await runCli(['undo', '--yes'], { cwd })).stderr).not.toContain('`tracewright ');
  expect((await runCli(['tasks', 'status'], { cwd })).stderr).toContain(`\`${start} tasks plan\``);
  expect((await runCli(['tasks', 'status', '--brief'], { cwd })).stdout).toContain(`next: ${start} tasks plan`);
  expect((await runCli(['explain', 'TW4001'], { cwd })).stdout).toContain(`\`${start} tasks plan\``);
  expect((await runCli(['explain', 'nothing'], { cwd })).stderr).toContain(`\`${start} list\``);
  expect((await runCli(['plan'], { cwd })).stdout).toContain(`  ${start} apply`);
});

it('agent-init counts all it writes, and says what is for everybody', { timeout: 60_000 }, async () => {
  const { cwd, git } = repository();
  const { stdout } = await runCli(['agent-init', '--claude'], { cwd });
  const written = git('status', '--porcelain', '--untracked-files=all').trim().split('\n');
  expect(stdout).toMatch(new RegExp(`^Wrote ${written.length} files\n`));
  expect(stdout).toContain('.tracewright/agents.json');
  const [, files = ''] = /^ {2}git add (.*?) {2,}/m.exec(stdout) ?? [];
  git('add', ...files.split(' '));
  expect(git('status', '--porcelain', '--untracked-files=all')).toMatch(/^(A {2}\S+\n)+\?\? \.claude\/settings\.local\.json\n$/);
  expect((await runCli(['agent-init', '--undo', '--yes'], { cwd })).stdout).toContain(
    `\nrestored: 0 files, removed: ${written.length} files\n`,
  );
});

it('plan says what apply will refuse for, before it does', async () => {
  const { cwd } = repository();
  const clean = await runCli(['plan'], { cwd });
  writeFileSync(join(cwd, 'notes.txt'), 'mine');
  const dirty = await runCli(['plan'], { cwd });
  const applied = await runCli(['apply', '--yes'], { cwd });
  expect(clean.stdout).not.toContain('Not committed');
  expect(dirty.stdout).toContain('\nNot committed: notes.txt. `apply` refuses (TW2004) until');
  expect([dirty.exit, applied.exit, applied.stderr.slice(0, 6)]).toEqual([0, 3, 'TW2004']);
});

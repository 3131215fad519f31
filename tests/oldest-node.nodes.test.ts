import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeBinary } from './harness/node-binary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tracewright-oldest-'));
let oldest = '';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built program on a version of Node, which is also the one its children find. */
function run(node: string, words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH']}` };
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'dist/src/cli/main.js'), ...words], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function git(...words: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], { cwd: folder, encoding: 'utf8' });
}

describe('on the oldest Node.js that package.json names', () => {
  beforeAll(() => {
    const { engines }: { engines: { node: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    oldest = nodeBinary(`${engines.node.replace('>=', '')}.0`);
    cpSync(join(root, 'examples/plain-http/app'), folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'before');
  });

  it.each([
    ['plan', '.'],
    ['apply', '.', '--yes', '--install'],
    ['check', '.'],
    ['verify', '.'],
    ['record', '.'],
    ['list'],
    ['explain', 'TW2001'],
    ['undo', '.', '--yes'],
    ['demo'],
  ])('%s works', (...words) => {
    expect(run(oldest, words)).toMatchObject({ status: 0 });
  });

  it('the published transforms and the entry points load', () => {
    symlinkSync(root, join(folder, 'tracewright'));
    writeFileSync(join(folder, 'app.js'), "const express = require('express');\nconst app = express();\napp.listen(3000);\n");
    const jscodeshift = join(root, 'node_modules/jscodeshift/bin/jscodeshift.js');
    const transform = join(folder, 'tracewright/dist/jscodeshift/express-tracing.cjs');
    execFileSync(oldest, [jscodeshift, '--no-babel', '-t', transform, 'app.js'], { cwd: folder });
    expect(readFileSync(join(folder, 'app.js'), 'utf8')).toContain('traceExpress(app)');
    const entries = ['index.js', 'testing/index.js'].map((file) => `await import(${JSON.stringify(join(root, 'dist/src', file))});`);
    execFileSync(oldest, ['--input-type=module', '-e', entries.join('')]);
  });
});

it.each([14, 16, '18.19.0'])('Node.js %s is told what it lacks', (version) => {
  const { status, stderr } = run(nodeBinary(version), ['plan', '.']);
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^TW1079 {2}This Node\.js is too old[^\n]*\n {2}next [^\n]*\n$/),
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempRepo, tempRepo } from '../../tests/harness/temp-repo.ts';
import { checkStaged, checkToolCall } from './index.ts';

const span = "require('@opentelemetry/api').trace.getTracer('x').startActiveSpan('run', (s) => s.end());\n";
const header = "exports.call = (id) => fetch('http://stock', { headers: { traceparent: id } });\n";
const sdk = "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK().start();\n";
let repo: TempRepo;

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'core.autocrlf=false'];
  return execFileSync('git', [...identity, ...args], { cwd: repo.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function stage(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [file, content] of Object.entries(files)) repo.write(file, content);
  git('add', '-A');
}

function commit(files: Readonly<Record<string, string | Uint8Array>>): void {
  stage(files);
  git('commit', '-qm', 'x', '--no-verify');
}

/** `code file:line` of every finding. */
function found(folder: string = repo.root): readonly string[] {
  return checkStaged(folder).findings.map(({ code, file, line }) => `${code} ${file}:${line}`);
}

beforeEach(() => {
  repo = tempRepo({});
  git('init', '-q', '-b', 'main');
});

afterEach(() => repo.remove());

describe('checkStaged', () => {
  it('refuses what the first commit adds by hand, and names the transform', () => {
    stage({
      'a.js': span,
      'b.js': header,
      'c.js': sdk,
      'package.json':
        '{\n  "scripts": { "start": "node -r @opentelemetry/auto-instrumentations-node/register a.js" },\n  "dependencies": {\n    "@opentelemetry/api": "1.9.1",\n    "@opentelemetry/sdk-node": "^0.50.0"\n  }\n}\n',
      'test/a.js': span,
    });
    expect(found()).toEqual(['TW2112 a.js:1', 'TW2111 b.js:1', 'TW2110 c.js:2', 'TW2110 package.json:2', 'TW2113 package.json:5']);
    const { status, staged, findings } = checkStaged(repo.root);
    expect({ status, staged }).toEqual({ status: 'faults', staged: 5 });
    expect(findings.map(({ codemod, command }) => [codemod, command])).toEqual([
      [undefined, 'tracewright plan'],
      ['http-client-spans', 'tracewright apply'],
      ['otel-bootstrap', 'tracewright apply'],
      ['otel-bootstrap', 'tracewright apply'],
      ['otel-bootstrap', 'tracewright apply'],
    ]);
  });

  it('says nothing of what was there before, also when it moves, is edited in place or its file is renamed', () => {
    const body = 'exports.a = 1;\n'.repeat(20);
    commit({ 'a.js': `${body}${span}`, 'package.json': '{\n  "dependencies": {\n    "@opentelemetry/sdk-node": "^0.50.0"\n  }\n}\n' });
    expect(checkStaged(repo.root)).toEqual({ status: 'ok', staged: 0, findings: [], steps: [] });
    stage({
      'a.js': `{\n  ${span}}\n${body}${header}`,
      'package.json': '{\n  "dependencies": {\n    "@opentelemetry/sdk-node": "^0.50.0",\n    "express": "4.0.0"\n  }\n}\n',
    });
    expect(found()).toEqual(['TW2111 a.js:24']);
    stage({ 'a.js': `${body}${span.replace('run', 'walk')}` });
    expect(found()).toEqual([]);
    renameSync(join(repo.root, 'a.js'), join(repo.root, 'b.js'));
    stage({});
    expect(found()).toEqual([]);
    stage({ 'b.js': `${body}${span}${span}` });
    expect(found()).toEqual(['TW2112 b.js:22']);
  });

  it('looks at what is staged, not at the working tree', () => {
    commit({ 'a.js': 'exports.a = 1;\n' });
    stage({ 'a.js': `exports.a = 1;\n${span}` });
    repo.write('a.js', 'exports.a = 1;\n');
    expect(found()).toEqual(['TW2112 a.js:2']);
    git('reset', '-q');
    repo.write('a.js', span);
    repo.write('untracked.js', span);
    expect(checkStaged(repo.root)).toEqual({ status: 'ok', staged: 0, findings: [], steps: [] });
  });

  it('takes names with spaces, quotes and letters of any language, bytes that are no text, and files that do not parse', () => {
    stage({
      'a "b" c.js': span,
      'größe\t.js': span,
      'latin.js': Buffer.concat([Buffer.from([0x2f, 0x2f, 0xe9, 0x0a]), Buffer.from(span)]),
      'broken.js': `const = ;\n${span}`,
      'icon.png': Uint8Array.of(0, 1, 2, 255),
    });
    const { findings, status } = checkStaged(repo.root);
    expect(status).toBe('faults');
    expect(findings.map(({ level, code, file, line }) => `${level} ${code} ${file}:${line}`)).toEqual([
      'error TW2112 a "b" c.js:1',
      'warning TW2017 broken.js:1',
      'error TW2112 größe\t.js:1',
      'error TW2112 latin.js:2',
    ]);
  });

  it('leaves links and submodules alone', () => {
    repo.write('real.txt', span);
    symlinkSync('real.txt', join(repo.root, 'link.js'));
    stage({});
    git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub.js`);
    expect(found()).toEqual([]);
  });

  it('does not count what a merge brings from the other side, and does count what the merge itself adds', () => {
    commit({ 'a.js': 'exports.a = 1;\n' });
    git('switch', '-qc', 'other');
    commit({ 'b.js': span });
    git('switch', '-q', 'main');
    commit({ 'c.js': 'exports.c = 1;\n' });
    git('merge', '-q', '--no-commit', '--no-ff', 'other');
    expect(found()).toEqual([]);
    stage({ 'b.js': `${span}${header}`, 'd.js': sdk });
    expect(found()).toEqual(['TW2111 b.js:2', 'TW2110 d.js:2']);
  });

  it('works in a worktree, in a folder of the repository, and from a hook of either', () => {
    commit({ 'a.js': 'exports.a = 1;\n', 'services/shop/a.js': 'exports.a = 1;\n' });
    stage({ 'a.js': span, 'services/shop/a.js': header });
    expect(found(join(repo.root, 'services/shop'))).toEqual(['TW2111 a.js:1']);
    git('commit', '-qm', 'x');
    const tree = join(repo.root, 'tree');
    git('worktree', 'add', '-q', tree, '-b', 'side');
    writeFileSync(join(tree, 'b.js'), sdk);
    execFileSync('git', ['add', 'b.js'], { cwd: tree });
    expect(found(tree)).toEqual(['TW2110 b.js:2']);
  });

  it('believes tracewright.yaml as it is staged', () => {
    stage({ 'a.js': span, 'tracewright.yaml': 'version: 1\ncheck:\n  allow:\n    - a.js\n' });
    expect(found()).toEqual([]);
    repo.write('tracewright.yaml', 'version: 1\n');
    expect(found()).toEqual([]);
    stage({});
    expect(found()).toEqual(['TW2112 a.js:1']);
  });

  it('lets the migration itself through', () => {
    stage({
      'instrumentation.cjs': "require('@tracewright/middleware/register').register({ serviceName: 'shop', instrumentations: [] });\n",
      'package.json': '{ "dependencies": { "@opentelemetry/sdk-trace": "2.12.0", "@opentelemetry/instrumentation-http": "0.223.0" } }',
      'call.js': "const { inject } = require('@tracewright/middleware');\nexports.traceparent = (m) => inject(m).traceparent;\n",
    });
    expect(found()).toEqual([]);
  });

  it('refuses a folder that is in no git repository, or is none', () => {
    rmSync(join(repo.root, '.git'), { recursive: true });
    expect(() => checkStaged(repo.root)).toThrow(/TW1082/);
    expect(() => checkStaged(join(repo.root, 'nowhere'))).toThrow(/TW1001/);
  });
});

describe('checkToolCall', () => {
  const call = (tool: string, input: object): readonly string[] =>
    checkToolCall(repo.root, JSON.stringify({ cwd: repo.root, tool_name: tool, tool_input: input })).findings.map(
      ({ code, line }) => `${code}:${line}`,
    );

  it('judges a file as it would be after the call', () => {
    repo.write('a.js', 'exports.a = 1;\n');
    const file_path = join(repo.root, 'a.js');
    expect(call('Write', { file_path, content: span })).toEqual(['TW2112:1']);
    expect(call('Write', { file_path: 'new/b.js', content: sdk })).toEqual(['TW2110:2']);
    expect(call('Edit', { file_path, old_string: 'exports.a = 1;', new_string: `exports.a = 2;\n${header}` })).toEqual(['TW2111:2']);
    const edits = [
      { old_string: 'a = 1', new_string: 'a = 2' },
      { old_string: 'a = 2;', new_string: `a = 2;\n${span}` },
    ];
    expect(call('MultiEdit', { file_path, edits })).toEqual(['TW2112:2']);
    expect(call('Edit', { file_path, old_string: 'not there', new_string: span })).toEqual([]);
    expect(readFileSync(file_path, 'utf8')).toBe('exports.a = 1;\n');
  });

  it('says nothing of what is there, of other tools, of other files, and of files outside', () => {
    repo.write('a.js', span);
    expect(call('Edit', { file_path: join(repo.root, 'a.js'), old_string: "'run'", new_string: "'walk'" })).toEqual([]);
    expect(call('Write', { file_path: join(repo.root, 'a.js'), content: `// more\n${span}` })).toEqual([]);
    expect(call('Write', { file_path: join(repo.root, 'notes.md'), content: span })).toEqual([]);
    expect(call('Write', { file_path: join(repo.root, '../a.js'), content: span })).toEqual([]);
    expect(call('Read', { file_path: join(repo.root, 'a.js') })).toEqual([]);
  });

  it('looks at what is staged before a commit', () => {
    stage({ 'a.js': span });
    expect(call('Bash', { command: 'npm test && git commit -m x' })).toEqual(['TW2112:1']);
    expect(call('Bash', { command: 'git status' })).toEqual([]);
  });

  it('looks at the files themselves when the same command stages them first', () => {
    const kinds = ['git add -A && git commit -m x', 'git commit -am x', 'git commit --all', 'git add a.js; git commit -m "add"'];
    repo.write('a.js', span);
    for (const command of kinds) expect(call('Bash', { command })).toEqual(['TW2112:1']);
    expect(call('Bash', { command: 'git commit -m "all of it"' })).toEqual([]);
    commit({});
    repo.write('a.js', `${span}${header}`);
    repo.write('b "c".js', sdk);
    for (const command of kinds) expect(call('Bash', { command })).toEqual(['TW2111:2', 'TW2110:2']);
  });

  it('refuses what is no tool call', () => {
    mkdirSync(join(repo.root, 'x'));
    for (const text of ['', '[]', '{"tool_name": 1}']) expect(() => checkToolCall(repo.root, text)).toThrow(/TW1083/);
  });
});

import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import { type TempRepo, tempRepo } from '../../../tests/harness/temp-repo.ts';
import { openRepo } from './open-repo.ts';

const opened: TempRepo[] = [];

afterEach(() => {
  for (const repo of opened.splice(0)) repo.remove();
});

function open(files: Readonly<Record<string, string | Uint8Array>>): TempRepo {
  const repo = tempRepo(files);
  opened.push(repo);
  return repo;
}

describe('openRepo', () => {
  it('leaves files alone that are too large to have been written', () => {
    const { root } = open({ 'package.json': '{}', 'big.js': "require('express')", Dockerfile: 'FROM node' });
    for (const file of ['big.js', 'Dockerfile']) truncateSync(join(root, file), 5_000_000_000);
    const repo = openRepo(root);
    expect(repo.mentioning(['express'])).toEqual([]);
    expect(repo.read('Dockerfile')).toBeUndefined();
    expect(repo.problems()).toEqual([{ code: 'TW2025', detail: 'Dockerfile', evidence: { file: 'Dockerfile', line: 1 } }]);
  });

  it.each([0, 1, 2])('reads a source that is longer than its buffer, with a letter of several bytes anywhere: %i', (lead) => {
    const text = `${' '.repeat(lead)}${'ä€\n'.repeat(60_000)}require('express');\n`;
    const repo = openRepo(open({ 'package.json': '{}', 'long.js': text, 'short.js': text.slice(-200) }).root);
    expect(repo.mentioning(['express'])).toEqual(['long.js', 'short.js']);
    expect(repo.read('long.js')).toBe(text);
    expect(repo.read('short.js')).toBe(text.slice(-200));
  });

  it('lists what git would keep, in code-unit order', () => {
    const { root } = open({
      '.gitignore': 'dist/\n*.log\n!keep.log\n/only-root.js\n',
      'a/.gitignore': '\uFEFFsecret.js\n!b.log\n',
      'a/secret.js': '',
      'a/b.log': '',
      'a/only-root.js': '',
      'only-root.js': '',
      'dist/x.js': '',
      'keep.log': '',
      'x.log': '',
      'node_modules/m/i.js': '',
      'p/node_modules/m/i.js': '',
      '.git/config': '',
      '.tracewright/receipt.json': '',
      'Z.js': '',
      'b.js': '',
      '\u00e9.js': '',
    });
    expect(openRepo(root).files).toEqual([
      '.gitignore',
      'Z.js',
      'a/.gitignore',
      'a/b.log',
      'a/only-root.js',
      'b.js',
      'keep.log',
      '\u00e9.js',
    ]);
  });

  it('says which file ignores a path', () => {
    const tree = openRepo(open({ '.gitignore': '*.tgz\n', 'a/.gitignore': '/gen\n' }).root);
    expect(['vendor/x.tgz', 'a/gen/y.js', 'a/z.js', 'gen/y.js'].map((file) => tree.ignoredBy(file))).toEqual([
      '.gitignore',
      'a/.gitignore',
      undefined,
      undefined,
    ]);
  });

  it('finds needles in sources only: scripts by shebang or bin folder, nothing minified, vendored or typed', () => {
    const text = "require('express');\n";
    const files = {
      'a.js': text,
      'b.ts': text,
      'c.d.ts': text,
      'd.min.js': text,
      'e.js': `var a = 1;${'x'.repeat(5000)}${text}`,
      'f.md': text,
      'g.mjs': 'nothing',
      'bin/www': text,
      'bin/tool': `#!/usr/bin/env bash\n${text}`,
      run: `#!/usr/bin/env -S node --no-warnings\n${text}`,
      LICENSE: text,
      'public/js/vendor/jquery.js': text,
      'services/vendor/index.js': text,
      'data.json': text,
      'view.jsx': text,
      'huge.js': `${text}${'// line\n'.repeat(200_000)}`,
    };
    const expected = ['a.js', 'b.ts', 'bin/www', 'run', 'services/vendor/index.js', 'view.jsx'];
    expect(openRepo(open(files).root, ['express']).mentioning(['express'])).toEqual(expected);
    expect(openRepo(open(files).root).mentioning(['no such', 'express'])).toEqual(expected);
    expect(
      memoryRepo(files)
        .mentioning(['express'])
        .filter((file) => file !== 'huge.js'),
    ).toEqual(expected);
  });

  it('answers each needle on its own, special characters and other alphabets included', () => {
    const tree = openRepo(open({ 'a.js': 'http.get(', 'b.js': 'https.get [x]', 'c.js': '// \u00fc\u4f60' }).root, ['http', 'https', '[x]']);
    expect(tree.mentioning(['https'])).toEqual(['b.js']);
    expect(tree.mentioning(['http'])).toEqual(['a.js', 'b.js']);
    expect(tree.mentioning(['[x]', '\u4f60'])).toEqual(['b.js', 'c.js']);
    expect(tree.mentioning([])).toEqual([]);
  });

  it('reports data that is nested more deeply than a parser survives', () => {
    const files = {
      'a.json': `${'['.repeat(600)}${']'.repeat(600)}`,
      'b.yml': Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      'c.json': `["${'['.repeat(600)}"${', [1]'.repeat(600)}]`,
      'd.js': `x = ${'['.repeat(600)}${']'.repeat(600)}`,
    };
    const tree = openRepo(open(files).root);
    expect(Object.keys(files).filter((file) => tree.read(file) === undefined)).toEqual(['a.json', 'b.yml']);
    expect(tree.problems().map(({ code, detail }) => [code, detail])).toEqual([
      ['TW2033', 'a.json'],
      ['TW2033', 'b.yml'],
    ]);
  });

  it('keeps the BOM, and reports bytes that are not UTF-8', () => {
    const tree = openRepo(open({ 'a.js': '\uFEFFx', 'b.js': Buffer.from([0x78, 0xff, 0x78]), 'c.js': 'real \uFFFD' }).root, ['x', 'real']);
    tree.mentioning(['x']);
    expect([tree.read('a.js'), tree.read('b.js'), tree.read('c.js'), tree.read('d.js')]).toEqual([
      '\uFEFFx',
      undefined,
      'real \uFFFD',
      undefined,
    ]);
    expect(tree.bytes('b.js')).toEqual(Buffer.from([0x78, 0xff, 0x78]));
    expect(tree.problems()).toEqual([{ code: 'TW2012', detail: 'b.js', evidence: { file: 'b.js', line: 1 } }]);
  });

  it('follows no link out of the root, and lists none', () => {
    const outside = mkdtempSync(join(tmpdir(), 'tracewright-outside-'));
    writeFileSync(join(outside, 'secret.js'), 'express');
    const { root } = open({ 'a.js': 'express' });
    symlinkSync(outside, join(root, 'linked'));
    symlinkSync(join(outside, 'secret.js'), join(root, 'secret.js'));
    symlinkSync('a.js', join(root, 'inside.js'));
    symlinkSync('.', join(root, 'loop'));
    const tree = openRepo(root);
    expect(tree.files).toEqual(['a.js']);
    expect(['linked/secret.js', 'secret.js', '../secret.js', '/etc/hostname', 'a.js/..'].map((file) => tree.read(file))).toEqual(
      Array(5).fill(undefined),
    );
    expect(tree.read('inside.js')).toBe('express');
    expect(tree.mentioning(['express'])).toEqual(['a.js']);
    rmSync(outside, { recursive: true });
  });
});

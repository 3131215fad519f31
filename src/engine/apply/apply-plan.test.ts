import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type TempRepo, tempRepo } from '../../../tests/harness/temp-repo.ts';
import { tinyFiles, tinyMark, tinyRemark, tinyWorkbench } from '../../../tests/harness/tiny-codemods.ts';
import type { Applied, Codemod, Plan, Receipt, Route } from '../../contract/index.ts';
import { applyPlan, createPlan, diffPlan, undoApplied } from '../index.ts';

const options = { only: [], skip: [] };
const opened: TempRepo[] = [];

afterEach(() => {
  for (const repo of opened.splice(0)) repo.remove();
});

function open(files: Readonly<Record<string, string>> = tinyFiles): TempRepo {
  const repo = tempRepo(files);
  opened.push(repo);
  return repo;
}

function plan(repo: TempRepo, workbench = tinyWorkbench()): Plan {
  return createPlan(repo.root, options, workbench);
}

function apply(repo: TempRepo, workbench = tinyWorkbench()): Applied {
  return applyPlan(repo.root, plan(repo, workbench), {}, workbench);
}

function receiptOf(repo: TempRepo): Receipt {
  return JSON.parse(readFileSync(join(repo.root, '.tracewright/receipt.json'), 'utf8'));
}

function git(repo: TempRepo, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', ...args], { cwd: repo.root, stdio: 'ignore' });
}

function withCode(code: string, detail: string): unknown {
  return expect.objectContaining({ code, detail: expect.stringContaining(detail) });
}

function refusal(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('applyPlan', () => {
  it('writes the plan in the style of each file and keeps modes', () => {
    const repo = open();
    chmodSync(join(repo.root, 'app.js'), 0o755);
    const applied = apply(repo);
    expect(applied).toMatchObject({
      status: 'applied',
      changed: 5,
      git: 'none',
      recovered: false,
      installs: [{ folder: '', packageManager: 'npm' }],
    });
    const files = repo.snapshot();
    expect(files['app.js']).toBe('755 // traced\r\nconst express = require("express");\r\nexpress();\r\n');
    expect(readFileSync(join(repo.root, 'lib/bom.js'), 'utf8')).toBe('\uFEFF// traced\nmodule.exports = "express \u{1F600}";');
    expect(files['boot/deep/tracing.cjs']).toContain('module.exports = 1;\n');
    expect(readFileSync(join(repo.root, 'vendor/marker.tgz'))).toEqual(Buffer.from([0x1f, 0x8b, 0x08, 0x00]));
  });

  it('undoes every byte and mode, also after an install changed the lock file', () => {
    const repo = open();
    chmodSync(join(repo.root, 'app.js'), 0o755);
    const old = repo.snapshot();
    apply(repo);
    repo.write('package-lock.json', '{ "changed": true }');
    repo.write('yarn.lock', 'new');
    const undone = undoApplied(repo.root);
    expect(undone.removed).toEqual(['boot/deep/tracing.cjs', 'vendor/marker.tgz', 'yarn.lock']);
    expect(repo.snapshot()).toEqual(old);
    expect(['boot', 'vendor', '.tracewright'].filter((name) => existsSync(join(repo.root, name)))).toEqual([]);
  });

  it('writes the routes of the plan down', () => {
    const repo = open();
    const route = { service: 'tiny', method: 'GET', path: '/', evidence: { file: 'app.js', line: 1 } };
    const other = { ...route, path: '/again' };
    const routed = (codemod: Codemod, ...routes: readonly Route[]): Codemod => ({
      meta: codemod.meta,
      expects: [],
      detect: (files, survey) => codemod.detect(files, survey),
      plan: (sites, files, survey) => ({ ...codemod.plan(sites, files, survey), routes }),
    });
    apply(repo, tinyWorkbench([routed(tinyMark, route)]));
    expect(receiptOf(repo).routes).toEqual([route]);
    apply(repo, tinyWorkbench([routed(tinyMark, route), routed(tinyRemark, route, other)]));
    expect(receiptOf(repo).routes).toEqual([route, other]);
  });

  it('keeps what was left to a person, and why', () => {
    const repo = open();
    const task = { file: 'app.js', line: 1, why: 'It is dynamic.', next: 'Do it by hand.' };
    apply(
      repo,
      tinyWorkbench([
        { ...tinyMark, plan: (sites, files, survey) => ({ ...tinyMark.plan(sites.map(String), files, survey), tasks: [task] }) },
      ]),
    );
    expect(receiptOf(repo).applied.map(({ tasks }) => tasks)).toEqual([[{ codemod: 'tiny-mark', ...task }]]);
  });

  it('leaves lock files to git when a commit holds them, and restores them after an install', () => {
    const repo = open();
    const lock = JSON.stringify({ lockfileVersion: 3, packages: Array.from({ length: 2000 }, (_, index) => `p${index}`) });
    repo.write('package-lock.json', lock);
    git(repo, 'init', '-q');
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'first');
    apply(repo);
    expect(receiptOf(repo).locks).toEqual([{ file: 'package-lock.json', kind: 'git', blob: expect.stringMatching(/^[0-9a-f]{40}$/) }]);
    repo.write('package-lock.json', '{ "lockfileVersion": 3, "installed": true }');
    repo.write('npm-shrinkwrap.json', '{}');
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'traced');
    undoApplied(repo.root);
    expect(readFileSync(join(repo.root, 'package-lock.json'), 'utf8')).toBe(lock);
    expect(existsSync(join(repo.root, 'npm-shrinkwrap.json'))).toBe(false);
  });

  it.each([
    ['is not under git', false],
    ['has changes that no commit holds', true],
  ])('keeps a lock file that %s, packed', (_name, hasGit) => {
    const repo = open();
    if (hasGit) {
      git(repo, 'init', '-q');
      git(repo, 'add', '-A');
      git(repo, 'commit', '-qm', 'first');
    }
    const lock = `{\r\n${'"a": "b",\r\n'.repeat(5000)}}`;
    repo.write('package-lock.json', lock);
    applyPlan(repo.root, plan(repo), { allowDirty: true }, tinyWorkbench());
    expect(receiptOf(repo).locks).toMatchObject([{ file: 'package-lock.json', kind: 'packed' }]);
    expect(JSON.stringify(receiptOf(repo).locks).length).toBeLessThan(1000);
    rmSync(join(repo.root, 'package-lock.json'));
    undoApplied(repo.root);
    expect(readFileSync(join(repo.root, 'package-lock.json'), 'utf8')).toBe(lock);
  });

  it('writes nothing about lock files that were never there', () => {
    const { 'package-lock.json': _lock, ...files } = tinyFiles;
    const repo = open(files);
    apply(repo);
    expect(receiptOf(repo).locks).toEqual([]);
    repo.write('package-lock.json', '{}');
    expect(undoApplied(repo.root).removed).toContain('package-lock.json');
    expect(repo.snapshot()['package-lock.json']).toBeUndefined();
  });

  it('says what to install after undo', () => {
    const repo = open();
    const { installs } = apply(repo);
    expect(installs).toEqual([{ folder: '', packageManager: 'npm' }]);
    expect(undoApplied(repo.root).installs).toEqual(installs);
  });

  it('keeps what others put into .tracewright', () => {
    const repo = open();
    apply(repo);
    repo.write('.tracewright/golden/a.json', '{}');
    undoApplied(repo.root);
    expect(Object.keys(repo.snapshot()).filter((file) => file.startsWith('.tracewright'))).toEqual(['.tracewright/golden/a.json']);
  });

  it('changes nothing the second time and leaves the receipt alone', () => {
    const repo = open();
    const first = plan(repo);
    applyPlan(repo.root, first, {}, tinyWorkbench());
    const after = repo.snapshot();
    expect(apply(repo)).toMatchObject({ status: 'unchanged', changed: 0 });
    expect(applyPlan(repo.root, first, {}, tinyWorkbench())).toMatchObject({ status: 'unchanged', changed: 0 });
    expect(repo.snapshot()).toEqual(after);
  });

  it('composes receipts, so that one undo leads back to the first state', () => {
    const repo = open();
    const old = repo.snapshot();
    apply(repo);
    expect(apply(repo, tinyWorkbench([tinyMark, tinyRemark]))).toMatchObject({ changed: 3 });
    const receipt: Receipt = JSON.parse(readFileSync(join(repo.root, '.tracewright/receipt.json'), 'utf8'));
    expect(receipt.applied.map(({ codemods }) => codemods)).toEqual([['tiny-mark'], ['tiny-remark']]);
    undoApplied(repo.root);
    expect(repo.snapshot()).toEqual(old);
  });

  it('writes a receipt without clock, absolute path or machine', () => {
    const [one, other] = [open(), open()];
    apply(one);
    apply(other);
    const receipt = one.snapshot()['.tracewright/receipt.json'];
    expect(receipt).toBe(other.snapshot()['.tracewright/receipt.json']);
    expect(receipt).not.toContain(one.root);
  });

  it('refuses a stale plan and names what changed', () => {
    const repo = open();
    const stale = plan(repo);
    repo.write('app.js', 'const express = 1;\n');
    const before = repo.snapshot();
    expect(refusal(() => applyPlan(repo.root, stale, {}, tinyWorkbench()))).toEqual(withCode('TW2001', 'app.js'));
    expect(repo.snapshot()).toEqual(before);
  });

  it('accepts a plan when only files it never looked at changed', () => {
    const repo = open();
    const made = plan(repo);
    repo.write('README.md', 'hello');
    repo.write('lib/other.js', 'module.exports = 3;\n');
    expect(applyPlan(repo.root, made, {}, tinyWorkbench()).changed).toBe(5);
  });

  it('refuses a plan that somebody edited', () => {
    const repo = open();
    const edited = { ...plan(repo), files: [] };
    expect(refusal(() => applyPlan(repo.root, edited, {}, tinyWorkbench()))).toEqual(withCode('TW2020', ''));
  });

  it('refuses uncommitted changes unless allowed', () => {
    const repo = open();
    git(repo, 'init', '-q');
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'first');
    repo.write('lib/other.js', 'module.exports = 3;\n');
    repo.write('notes.txt', 'untracked');
    expect(refusal(() => apply(repo))).toEqual(withCode('TW2004', 'lib/other.js, notes.txt'));
    expect(existsSync(join(repo.root, '.tracewright'))).toBe(false);
    expect(applyPlan(repo.root, plan(repo), { allowDirty: true }, tinyWorkbench())).toMatchObject({ changed: 5, git: 'dirty' });
  });

  it('looks at its own folder only when that lies deeper in a git repository', () => {
    const repo = open({ 'service one/x.txt': '', 'other/y.txt': '' });
    git(repo, 'init', '-q');
    for (const [file, text] of Object.entries(tinyFiles)) repo.write(`service one/${file}`, text);
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'first');
    repo.write('other/y.txt', 'changed');
    const root = join(repo.root, 'service one');
    const made = createPlan(root, options, tinyWorkbench());
    repo.write('service one/\u00e4 b.txt', 'untracked');
    expect(refusal(() => applyPlan(root, made, {}, tinyWorkbench()))).toEqual(withCode('TW2004', '\u00e4 b.txt'));
    rmSync(join(root, '\u00e4 b.txt'));
    expect(applyPlan(root, made, {}, tinyWorkbench())).toMatchObject({ changed: 5, git: 'clean' });
  });

  it('does not call its own uncommitted changes dirty', () => {
    const repo = open();
    git(repo, 'init', '-q');
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'first');
    expect(apply(repo)).toMatchObject({ changed: 5, git: 'clean' });
    repo.write('package-lock.json', '{}');
    expect(apply(repo, tinyWorkbench([tinyMark, tinyRemark]))).toMatchObject({ changed: 3, git: 'clean' });
    repo.write('lib/other.js', 'module.exports = 3;\n');
    expect(apply(repo, tinyWorkbench([tinyMark, tinyRemark]))).toMatchObject({ status: 'unchanged' });
  });

  it('refuses to write through a symbolic link', () => {
    const repo = open();
    const outside = mkdtempSync(join(tmpdir(), 'tracewright-outside-'));
    symlinkSync(outside, join(repo.root, 'vendor'));
    expect(refusal(() => apply(repo))).toEqual(withCode('TW2007', 'vendor'));
    expect(repo.snapshot()['app.js']).not.toContain('traced');
    expect(existsSync(join(repo.root, '.tracewright'))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  it('refuses files and folders without write permission', () => {
    const repo = open();
    chmodSync(join(repo.root, 'app.js'), 0o444);
    const before = repo.snapshot();
    expect(refusal(() => apply(repo))).toEqual(withCode('TW2008', 'app.js'));
    expect(repo.snapshot()).toEqual(before);
  });

  it('refuses while another process applies', () => {
    const repo = open();
    const made = plan(repo);
    const holder = `${process.ppid} ${readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19]} ${execFileSync('hostname').toString()}`;
    repo.write('.tracewright/lock', holder);
    expect(refusal(() => applyPlan(repo.root, made, {}, tinyWorkbench()))).toEqual(withCode('TW2005', String(process.ppid)));
    repo.write('.tracewright/lock', '1 - a-container-on-the-same-folder\n');
    expect(refusal(() => applyPlan(repo.root, made, {}, tinyWorkbench()))).toEqual(withCode('TW2005', '1 - a-container'));
    repo.write('.tracewright/lock', '999999999 - nowhere\n'.replace('nowhere', execFileSync('hostname').toString().trim()));
    expect(applyPlan(repo.root, made, {}, tinyWorkbench()).changed).toBe(5);
  });

  it('refuses a folder where a file must be', () => {
    const repo = open({ ...tinyFiles });
    mkdirSync(join(repo.root, 'boot/deep/tracing.cjs'), { recursive: true });
    expect(refusal(() => apply(repo))).toEqual(withCode('TW2008', 'boot/deep/tracing.cjs'));
  });

  it('plans nothing that would overwrite a file, ignored or not', () => {
    const repo = open({ ...tinyFiles, '.gitignore': 'vendor\n', 'vendor/marker.tgz': 'mine' });
    expect(refusal(() => plan(repo))).toEqual(withCode('TW2013', 'vendor/marker.tgz'));
  });
});

describe('createPlan', () => {
  it('refuses what it read while another process applied', () => {
    const repo = open();
    const workbench = tinyWorkbench();
    const interrupted: typeof workbench = {
      ...workbench,
      takeSurvey: (tree) => {
        apply(repo);
        return workbench.takeSurvey(tree);
      },
    };
    expect(refusal(() => plan(repo, interrupted))).toEqual(withCode('TW2005', 'while this was planned'));
  });
});

describe('a new file that git would ignore', () => {
  const files = { ...tinyFiles, '.gitignore': 'vendor\n*.cjs' };
  const allow = '\n!/vendor/\n/vendor/*\n!/vendor/marker.tgz\n!/boot/deep/tracing.cjs\n';
  const allowing: Codemod<string> = {
    meta: { ...tinyMark.meta, id: 'tiny-allow', title: 'Let files through' },
    expects: [],
    detect: () => ({ status: 'applies', sites: [] }),
    plan: (_sites, repo) => {
      const start = repo.read('.gitignore')?.length ?? 0;
      return { edits: [{ kind: 'splice', file: '.gitignore', start, end: start, text: allow, why: 'Lets them through.' }], tasks: [] };
    },
  };

  it('is reported, unless the same plan lets it through', () => {
    const ignored = plan(open(files)).problems.filter(({ code }) => code === 'TW2021');
    expect(ignored.map(({ detail }) => detail)).toEqual(['boot/deep/tracing.cjs, by .gitignore', 'vendor/marker.tgz, by .gitignore']);
    expect(plan(open(files), tinyWorkbench([tinyMark, allowing])).problems).toEqual([]);
  });
});

describe('a repair after an edit', () => {
  const route = { service: 'tiny', method: 'GET', path: '/', evidence: { file: 'app.js', line: 1 } };
  const end = '// end\n';
  /** A second change of app.js, far from the first line, and a route that only its first plan names. */
  const tinyEnd: Codemod<string> = {
    meta: { ...tinyMark.meta, id: 'tiny-end', title: 'Mark the end', mentions: ['express'] },
    expects: [],
    detect: (files) =>
      files.read('app.js')?.includes('// end') ? { status: 'satisfied', why: 'It is marked.' } : { status: 'applies', sites: ['app.js'] },
    plan: (_sites, files) => {
      const start = files.read('app.js')?.length ?? 0;
      return {
        edits: [{ kind: 'splice', file: 'app.js', start, end: start, text: end, why: 'Marks the end.' }],
        tasks: [],
        routes: [route],
      };
    },
  };
  const workbench = tinyWorkbench([tinyMark, tinyEnd]);

  function migrated(): { repo: TempRepo; old: Readonly<Record<string, string>> } {
    const repo = open();
    const old = repo.snapshot();
    apply(repo, workbench);
    return { repo, old };
  }

  function edit(repo: TempRepo, change: (text: string) => string): void {
    repo.write('app.js', change(readFileSync(join(repo.root, 'app.js'), 'utf8')));
  }

  it('keeps the whole receipt, so that undo restores every byte', () => {
    const { repo, old } = migrated();
    const [before, first] = [repo.snapshot()['app.js'], receiptOf(repo)];
    for (const _ of [1, 2]) {
      edit(repo, (text) => text.replace('// traced\r\n', ''));
      expect(apply(repo, workbench)).toMatchObject({ files: ['app.js'] });
    }
    expect(repo.snapshot()['app.js']).toBe(before);
    const { applied, ...rest } = receiptOf(repo);
    expect({ ...rest, applied: applied.map(({ codemods }) => codemods) }).toEqual({
      ...first,
      applied: [['tiny-end', 'tiny-mark'], ['tiny-mark']],
    });
    undoApplied(repo.root);
    expect(repo.snapshot()).toEqual(old);
  });

  it('leads back to the first state when a file was put back, or removed, in between', () => {
    const { repo, old } = migrated();
    repo.write('app.js', tinyFiles['app.js'] ?? '');
    repo.write('lib/bom.js', tinyFiles['lib/bom.js'] ?? '');
    apply(repo, workbench);
    undoApplied(repo.root);
    expect(repo.snapshot()).toEqual(old);
  });

  it('never forgets a file with other edits: undo names it and writes nothing', () => {
    const { repo, old } = migrated();
    const asApplied = readFileSync(join(repo.root, 'app.js'), 'utf8');
    edit(repo, (text) => text.replace('// traced\r\n', '').replace('express();', 'express(1);'));
    apply(repo, workbench);
    const repaired = repo.snapshot();
    expect(repaired['app.js']).toContain('// traced\r\nconst express = require("express");\r\nexpress(1);');
    expect(refusal(() => undoApplied(repo.root))).toEqual(withCode('TW2009', 'app.js'));
    expect(repo.snapshot()).toEqual(repaired);
    repo.write('app.js', asApplied);
    undoApplied(repo.root);
    expect(repo.snapshot()).toEqual(old);
  });
});

describe('undoApplied', () => {
  it('refuses when a file was edited since, and writes nothing', () => {
    const repo = open();
    apply(repo);
    repo.write('app.js', 'edited');
    const before = repo.snapshot();
    expect(refusal(() => undoApplied(repo.root))).toEqual(withCode('TW2009', 'app.js'));
    expect(repo.snapshot()).toEqual(before);
  });

  it('accepts files that are already as they were', () => {
    const repo = open();
    const old = repo.snapshot();
    apply(repo);
    repo.write('app.js', tinyFiles['app.js'] ?? '');
    rmSync(join(repo.root, 'vendor'), { recursive: true });
    undoApplied(repo.root);
    expect(repo.snapshot()).toEqual(old);
  });

  it('says when there is nothing to undo', () => {
    const repo = open();
    expect(refusal(() => undoApplied(repo.root))).toEqual(withCode('TW2010', ''));
    expect(refusal(() => undoApplied(join(repo.root, 'app.js')))).toEqual(withCode('TW1001', 'app.js'));
  });
});

describe('diffPlan', () => {
  it('gives patches that git can apply, and the reason of every hunk', () => {
    const repo = open({ 'app.js': 'require("express");\nlet a;\n', 'package.json': '{\n  "name": "x"\n}\n' });
    const diffs = diffPlan(repo.root, plan(repo), tinyWorkbench());
    expect(diffs.map(({ file, kind, binary }) => [file, kind, binary])).toEqual([
      ['app.js', 'change', false],
      ['boot/deep/tracing.cjs', 'create', false],
      ['package.json', 'change', false],
      ['vendor/marker.tgz', 'create', true],
    ]);
    expect(diffs[0]?.patch).toBe('--- a/app.js\n+++ b/app.js\n@@ -1,2 +1,3 @@\n+// traced\n require("express");\n let a;\n');
    expect(diffs[0]?.hunks[0]?.reasons).toEqual([{ line: 1, codemod: 'tiny-mark', why: 'Marks the file.' }]);
    expect(diffs[1]?.patch).toContain('--- /dev/null\n+++ b/boot/deep/tracing.cjs\n');
    expect(diffs[2]?.hunks[0]?.reasons.map(({ why }) => why)).toEqual(['Adds the marker.']);
  });
});

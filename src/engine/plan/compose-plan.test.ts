import { describe, expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import { tinyFiles, tinyMark, tinyRemark, tinyWorkbench } from '../../../tests/harness/tiny-codemods.ts';
import { sourceOf } from '../../ast/index.ts';
import type { Codemod, Edit, PlanOptions, Survey, Telemetry } from '../../contract/index.ts';
import { type Composition, composePlan } from './compose-plan.ts';

const lineEnding = (tinyFiles['app.js'] ?? '').indexOf('\r\n') + 1;
const emoji = (tinyFiles['lib/bom.js'] ?? '').indexOf('\u{1F600}') + 1;
const everything: PlanOptions = { only: [], skip: [] };

function compose(
  files: Readonly<Record<string, string | Uint8Array>>,
  codemods: readonly Codemod[] = [tinyMark],
  options = everything,
): Composition {
  return composePlan(memoryRepo(files), options, tinyWorkbench(codemods));
}

/** tiny-mark with other edits. */
function planning(...edits: readonly Edit[]): Codemod {
  return {
    meta: tinyMark.meta,
    expects: [],
    detect: (repo) => ({ status: 'applies', sites: repo.files }),
    plan: () => ({ edits, tasks: [] }),
  };
}

function splice(file: string, start: number, end: number, text = 'x'): Edit {
  return { kind: 'splice', file, start, end, text, why: 'Because.' };
}

function refusal(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

function textOf({ changes }: Composition, file: string): string | undefined {
  const after = changes.find((change) => change.file === file)?.after;
  return after ? Buffer.from(after).toString('utf8') : undefined;
}

describe('composePlan', () => {
  it('names exactly what was looked at', () => {
    const { plan } = compose({ ...tinyFiles, 'README.md': 'express' });
    expect(Object.keys(plan.inputs)).toContain('app.js');
    expect(plan.inputs['boot/deep/tracing.cjs']).toBeNull();
    expect(Object.keys(plan.inputs)).not.toContain('README.md');
    const changed = compose({ ...tinyFiles, 'README.md': 'other' }).plan;
    expect(changed.hash).toBe(plan.hash);
    expect(compose({ ...tinyFiles, 'new.js': 'express' }).plan.inputs['/sources']).not.toBe(plan.inputs['/sources']);
  });

  it('shows each codemod the tree as those before it left it', () => {
    const composition = compose(tinyFiles, [tinyRemark, tinyMark]);
    expect(composition.plan.codemods.map(({ id, status }) => [id, status])).toEqual([
      ['tiny-mark', 'applies'],
      ['tiny-remark', 'applies'],
    ]);
    expect(textOf(composition, 'app.js')).toBe('/* TRACED\r\n twice */\r\nconst express = require("express");\r\nexpress();\r\n');
    expect(textOf(composition, 'boot/deep/tracing.cjs')).toBe('// again\nmodule.exports = 1;\n');
  });

  it('chooses by options, and refuses ids it does not know', () => {
    expect(compose(tinyFiles, [tinyMark, tinyRemark], { only: ['tiny-mark'], skip: [] }).plan.codemods).toHaveLength(1);
    expect(compose(tinyFiles, [tinyMark, tinyRemark], { only: [], skip: ['tiny-remark'] }).plan.codemods).toHaveLength(1);
    expect(refusal(() => compose(tinyFiles, [tinyMark], { only: ['nope'], skip: [] }))).toMatchObject({ code: 'TW2011', detail: 'nope' });
  });

  const load = "require('@tracewright/middleware/express');\n";

  it('refuses to plan what loads the middleware without the bootstrap that brings it, neither chosen nor applied', () => {
    const needy: Codemod = {
      ...tinyMark,
      meta: { ...tinyMark.meta, id: 'needy-mark' },
      plan: (sites) => ({ edits: [{ kind: 'splice', file: String(sites[0]), start: 0, end: 0, text: load, why: 'Loads it.' }], tasks: [] }),
    };
    const base = (status: 'applies' | 'satisfied'): Codemod => ({
      ...tinyMark,
      meta: { ...tinyMark.meta, id: 'tiny-base', kind: 'bootstrap' },
      detect: () => (status === 'applies' ? { status, sites: [] } : { status, why: 'Done.' }),
      plan: () => ({ edits: [{ kind: 'create', file: 'base.js', text: '1;\n', why: 'Adds the base.' }], tasks: [] }),
    });
    const skipping: PlanOptions = { only: [], skip: ['tiny-base'] };
    for (const options of [skipping, { only: ['needy-mark'], skip: [] }])
      expect(refusal(() => compose(tinyFiles, [base('applies'), needy], options))).toMatchObject({
        code: 'TW2024',
        next: expect.stringContaining('--only tiny-base,needy-mark'),
      });
    expect(compose(tinyFiles, [base('satisfied'), needy], skipping).plan.codemods).toHaveLength(1);
    expect(compose(tinyFiles, [base('applies'), needy]).plan.codemods).toHaveLength(2);
  });

  it('leaves out what is opt-in until it is named, and keeps the choice in the plan', () => {
    const optional: Codemod = { ...tinyRemark, meta: { ...tinyRemark.meta, optIn: true } };
    const idsWith = (options: PlanOptions): readonly string[] =>
      compose(tinyFiles, [tinyMark, optional], options).plan.codemods.map(({ id }) => id);
    expect(idsWith(everything)).toEqual(['tiny-mark']);
    expect(idsWith({ ...everything, with: ['tiny-remark'] })).toEqual(['tiny-mark', 'tiny-remark']);
    expect(idsWith({ only: ['tiny-remark'], skip: [] })).toEqual(['tiny-remark']);
    expect(idsWith({ only: [], skip: ['tiny-remark'], with: ['tiny-remark'] })).toEqual(['tiny-mark']);
    expect(refusal(() => compose(tinyFiles, [tinyMark], { ...everything, with: ['nope'] }))).toMatchObject({ code: 'TW2011' });
    const { plan } = compose(tinyFiles, [tinyMark, optional], { ...everything, with: ['tiny-remark', 'tiny-mark'] });
    expect(plan.options).toEqual({ only: [], skip: [], with: ['tiny-mark', 'tiny-remark'] });
    expect(compose(tinyFiles, [tinyMark], { ...everything, with: [] }).plan.hash).toBe(compose(tinyFiles).plan.hash);
  });

  it('refuses when nothing applies and nothing is done, saying what was looked for', () => {
    expect(refusal(() => compose({ 'package.json': '{}' }))).toMatchObject({
      code: 'TW2002',
      detail: 'tiny-mark: No file mentions express.',
    });
  });

  it('reports source files that do not parse for a codemod and files that are not UTF-8, and goes on', () => {
    const files = {
      ...tinyFiles,
      'broken.js': 'express(;\n',
      'unasked.js': 'other(;\n',
      'binary.js': Buffer.from('express \xff', 'latin1'),
    };
    const parsing: Codemod = {
      ...tinyMark,
      detect(repo, survey) {
        sourceOf('broken.js', repo.read('broken.js'));
        repo.read('unasked.js');
        return tinyMark.detect(repo, survey);
      },
    };
    const { plan } = compose(files, [parsing]);
    expect(plan.problems.map(({ code, evidence }) => [code, evidence.file])).toEqual([
      ['TW2012', 'binary.js'],
      ['TW2017', 'broken.js'],
    ]);
    expect(plan.files.map(({ file }) => file)).toContain('app.js');
  });

  it.each([
    ['out of range', [splice('app.js', 0, 999)]],
    ['backwards', [splice('app.js', 5, 2)]],
    ['overlapping', [splice('app.js', 0, 5), splice('app.js', 3, 6)]],
    ['inside a replaced stretch', [splice('app.js', 0, 5), splice('app.js', 3, 3)]],
    ['inside a line ending', [splice('app.js', lineEnding, lineEnding)]],
    ['inside a character', [splice('lib/bom.js', emoji, emoji)]],
    ['before the BOM', [splice('lib/bom.js', 0, 0)]],
    ['before the shebang', [splice('bin/www', 0, 0)]],
    ['in a file that is not there', [splice('nope.js', 0, 0)]],
    ['outside of the repository', [{ kind: 'create', file: '../x', text: '', why: 'Because.' }]],
    ['in .git', [{ kind: 'create', file: '.git/hooks/x', text: '', why: 'Because.' }]],
    ['without a reason', [{ kind: 'create', file: 'x.js', text: '', why: '' }]],
  ] satisfies readonly [string, readonly Edit[]][])('refuses an edit %s', (_name, edits) => {
    expect(refusal(() => compose(tinyFiles, [planning(...edits)]))).toMatchObject({
      code: 'TW2091',
      detail: expect.stringContaining('tiny-mark'),
    });
  });

  it('accepts edits that touch, keeps the order of insertions at one place, and deletes', () => {
    const edits = [splice('lib/other.js', 6, 6, '1'), splice('lib/other.js', 0, 6, 'M'), splice('lib/other.js', 6, 6, '2')];
    const composition = compose(tinyFiles, [planning(...edits, { kind: 'delete', file: 'app.js', why: 'Because.' })]);
    expect(textOf(composition, 'lib/other.js')).toBe('M12.exports = 2;\n');
    expect(composition.plan.files.find(({ file }) => file === 'app.js')?.after).toBeNull();
  });

  it('refuses to create a file twice', () => {
    const edit: Edit = { kind: 'create', file: 'x.js', text: '', why: 'Because.' };
    expect(refusal(() => compose(tinyFiles, [planning(edit, edit)]))).toMatchObject({ code: 'TW2013' });
  });

  it('turns an error in a codemod into ours', () => {
    const faulty: Codemod = {
      ...planning(),
      plan() {
        throw new RangeError('boom');
      },
    };
    expect(refusal(() => compose(tinyFiles, [faulty]))).toMatchObject({ code: 'TW9001', detail: 'codemod tiny-mark: boom' });
  });
});

describe('a repository that is already traced', () => {
  const files = {
    'a/package.json': '{ "name": "a", "scripts": { "start": "node a.js" }, "dependencies": { "express": "4.0.0" } }',
    'a/a.js': 'require("express")().listen(1);\n',
    'b/package.json': '{ "name": "b", "scripts": { "start": "node b.js" }, "dependencies": { "express": "4.0.0" } }',
    'b/b.js': 'require("express")().listen(1);\n',
  };

  function composeWith(telemetry: readonly Omit<Telemetry, 'evidence' | 'name'>[]): Composition {
    const bench = tinyWorkbench([
      {
        ...planning(),
        plan: (sites) => ({
          edits: sites.filter((file) => String(file).endsWith('.js')).map((file) => splice(String(file), 0, 0)),
          tasks: [],
        }),
      },
    ]);
    const takeSurvey = (repo: Parameters<typeof bench.takeSurvey>[0]): Survey => ({
      ...bench.takeSurvey(repo),
      telemetry: telemetry.map((found) => ({ ...found, name: found.vendor, evidence: { file: `${found.package}/package.json`, line: 1 } })),
    });
    return composePlan(memoryRepo(files), everything, { ...bench, takeSurvey });
  }

  it('is refused, with the place', () => {
    const both: readonly Omit<Telemetry, 'evidence' | 'name'>[] = ['a', 'b'].map((dir) => ({
      vendor: 'datadog',
      package: dir,
      state: 'started',
    }));
    expect(refusal(() => composeWith(both))).toMatchObject({
      code: 'TW2003',
      detail: expect.stringContaining('datadog is started at a/package.json:1'),
    });
  });

  it('keeps one package out and migrates the other', () => {
    const { plan } = composeWith([{ vendor: 'newrelic', package: 'a', state: 'started' }]);
    expect(plan.files.map(({ file }) => file)).toEqual(['b/b.js']);
    expect(plan.problems.map(({ code }) => code)).toContain('TW2019');
  });

  it('is no obstacle when it is only declared, or ours', () => {
    expect(composeWith([{ vendor: 'sentry', package: 'a', state: 'declared' }]).plan.files).toHaveLength(2);
    const ours = composeWith([
      { vendor: 'tracewright', package: 'a', state: 'started' },
      { vendor: 'opentelemetry', package: 'a', state: 'started' },
    ]);
    expect(ours.plan.files).toHaveLength(2);
  });
});

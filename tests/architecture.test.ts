import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { tempRepo } from './harness/temp-repo.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const config: { forbidden: NonNullable<IFlattenedRuleSet['forbidden']>; options: ICruiseOptions } = createRequire(import.meta.url)(
  '../.dependency-cruiser.cjs',
);

async function look(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { output } = await cruise([...folders], { ...config.options, baseDir, validate: true, ruleSet: { forbidden: config.forbidden } });
  if (typeof output === 'string') throw new Error(output);
  return output;
}

/** For every rule one file that breaks it, and what it imports. */
const violations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tasks-looks-down-only': { 'src/tasks/a.ts': "import '../cli/main.ts';\n", 'src/cli/main.ts': '' },
  'verify-looks-down-only': { 'src/verify/a.ts': "import '../tasks/main.ts';\n", 'src/tasks/main.ts': '' },
  'score-looks-down-only': { 'src/score/a.ts': "import '../verify/main.ts';\n", 'src/verify/main.ts': '' },
  'trace-looks-down-only': { 'src/engine/a.ts': "import '../verify/main.ts';\n", 'src/verify/main.ts': '' },
  'survey-looks-down-only': { 'src/cohort/a.ts': "import '../engine/main.ts';\n", 'src/engine/main.ts': '' },
  'libraries-looks-down-only': { 'src/libraries/a.ts': "import '../survey/main.ts';\n", 'src/survey/main.ts': '' },
  'ast-looks-down-only': { 'src/ast/a.ts': "import type { B } from '../survey/main.ts';\n", 'src/survey/main.ts': 'export type B = 1;\n' },
  'host-looks-down-only': { 'src/host/a.ts': "import '../ast/main.ts';\n", 'src/ast/main.ts': '' },
  'contract-looks-down-only': { 'src/contract/a.ts': "import '../ast/main.ts';\n", 'src/ast/main.ts': '' },
  'contract-imports-nothing': { 'src/contract/a.ts': "import 'node:fs';\n" },
  'only-ast-imports-parsers': { 'src/engine/a.ts': "import 'oxc-parser';\n" },
  'only-registry-imports-codemods': { 'src/engine/a.ts': "import '../../codemods/index.gen.ts';\n", 'codemods/index.gen.ts': '' },
  'codemods-ask-facts-only': {
    'codemods/a-b/codemod.ts': "import '../../src/engine/main.ts';\n",
    'src/engine/main.ts': '',
  },
  'codemods-are-islands': { 'codemods/a-b/codemod.ts': "import '../c-d/codemod.ts';\n", 'codemods/c-d/codemod.ts': '' },
  'kit-imports-no-codemod': { 'codemods/kit/a.ts': "import '../service/index.ts';\n", 'codemods/service/index.ts': '' },
  'service-imports-no-codemod': { 'codemods/service/a.ts': "import '../kit/paths.ts';\n", 'codemods/kit/paths.ts': '' },
  'codemods-are-pure': { 'codemods/a-b/codemod.ts': "import 'node:path';\n" },
  'toolkit-and-middleware-apart': { 'src/engine/a.ts': "import '../../middleware/src/index.ts';\n", 'middleware/src/index.ts': '' },
  'middleware-imports-opentelemetry-only': { 'middleware/src/index.ts': "import 'express';\n" },
  'product-imports-no-tests': { 'src/engine/a.ts': "import '../../tests/harness/a.ts';\n", 'tests/harness/a.ts': '' },
  'no-cycles': { 'src/engine/a.ts': "import './b.ts';\n", 'src/engine/b.ts': "import './a.ts';\n" },
};

describe('import directions', () => {
  it('are kept, and were looked at', async () => {
    const { summary, modules } = await look(project, ['src', 'codemods', 'middleware/src']);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    for (const folder of ['src/engine', 'codemods/', 'middleware/src']) {
      expect(modules.filter(({ source }) => source.startsWith(folder)).length).toBeGreaterThan(3);
    }
    expect(summary.totalDependenciesCruised ?? 0).toBeGreaterThan(200);
  });

  it('have one planted violation each', () => {
    expect(Object.keys(violations).sort()).toEqual(config.forbidden.map(({ name }) => name ?? '').sort());
  });

  it.each(Object.entries(violations))('%s is reported', async (rule, files) => {
    const repo = tempRepo({ ...files, 'package.json': '{ "name": "planted", "type": "module" }' });
    try {
      const folders = [...new Set(Object.keys(files).map((file) => file.split('/')[0] ?? ''))];
      const { summary } = await look(repo.root, folders);
      expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule);
    } finally {
      repo.remove();
    }
  });
});

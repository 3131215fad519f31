import type { Codemod, Edit, NewService } from '../contract/index.ts';
import { shippedWorkbench, toolVersion, type Workbench } from '../engine/index.ts';
import { readAsset } from '../engine/plan/toolkit.ts';
import { findCodemod } from '../registry/index.ts';
import { checkAnswers } from './check-answers.ts';
import { fillTemplate, tarball } from './fill-template.ts';
import { readTemplate, type Template } from './read-templates.ts';
import { whyOf } from './reasons.ts';

/**
 * What a new service is planned with: a codemod that creates its files, and those codemods whose work these files hold already.
 *
 *   template + answers -> files -> `create` edits -> plan -> apply, receipt, undo, as for every other change
 */
export function newServiceWorkbench(answers: NewService): Workbench {
  const template = readTemplate(answers.template);
  const manifest: { dependencies?: object; devDependencies?: object } = JSON.parse(template.files['package.json'] ?? '{}');
  checkAnswers(answers, Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  const files = fillTemplate(template, answers, readAsset(tarball));
  return {
    ...shippedWorkbench(),
    codemods: [creating(template, files), ...template.codemods.map((id) => held(findCodemod(id)))],
    version: toolVersion(),
    founds: true,
  };
}

/** The one codemod that writes. */
function creating(template: Template, files: Readonly<Record<string, string>>): Codemod {
  const { id, title, description } = template;
  const edits: readonly Edit[] = [
    ...Object.entries(files).map(([file, text]) => ({ kind: 'create' as const, file, text, why: whyOf(file) })),
    { kind: 'create' as const, file: `vendor/${tarball}`, asset: tarball, why: whyOf('vendor/') },
  ];
  return {
    meta: {
      id,
      title,
      description,
      kind: 'scaffold',

      scope: 'repository',
      targets: {},
      mentions: [],
      after: [],
    },
    expects: [],
    detect: () => ({ status: 'applies', sites: [template.id] }),
    plan: () => ({ edits, tasks: [] }),
  };
}

/** A codemod with nothing left to do: the receipt names it, so `check` asks it again and `verify` looks for its spans. */
function held(codemod: Codemod): Codemod {
  return {
    meta: { ...codemod.meta, mentions: [], after: [] },
    expects: codemod.expects,
    detect: () => ({ status: 'applies', sites: [] }),
    plan: () => ({ edits: [], tasks: [] }),
  };
}

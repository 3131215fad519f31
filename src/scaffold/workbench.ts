import type { Codemod, Edit, NewService } from '../contract/index.ts';
import { shippedWorkbench, toolVersion, type Workbench } from '../engine/index.ts';
import { readAsset } from '../engine/plan/toolkit.ts';
import { findCodemod } from '../registry/index.ts';
import { checkAnswers } from './check-answers.ts';
import { fillTemplate, tarball } from './fill-template.ts';
import { readTemplate, type Template } from './read-templates.ts';
import { whyOf } from './reasons.ts';
import { SEVERAL } from './several/parts.ts';
import { rootFiles } from './several/root-files.ts';

/**
 * What a new service is planned with: a codemod that creates its files, and those codemods whose work these files hold already.
 *
 *   template + answers -> files -> `create` edits -> plan -> apply, receipt, undo, as for every other change
 */
export function newServiceWorkbench(answers: NewService): Workbench {
  if (answers.services !== undefined) return severalWorkbench(answers, answers.services);
  const template = readTemplate(answers.template);
  const manifest: { dependencies?: object; devDependencies?: object } = JSON.parse(template.files['package.json'] ?? '{}');
  checkAnswers(answers, Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  const files = fillTemplate(template, answers, readAsset(tarball));
  return {
    ...shippedWorkbench(),
    codemods: [creating(template, files, true), ...template.codemods.map((id) => held(findCodemod(id)))],
    version: toolVersion(),
    founds: true,
  };
}

/** What stands above several services. */
function severalWorkbench(answers: NewService, services: readonly string[]): Workbench {
  const templates = services.map(readTemplate);
  checkAnswers(answers, []);
  const root = {
    id: SEVERAL,
    title: 'Several services',
    description: 'Services that call each other, started and asked together.',
    codemods: [...new Set(templates.flatMap(({ codemods }) => codemods))].sort(),
  };
  return {
    ...shippedWorkbench(),
    codemods: [creating(root, rootFiles(answers, templates), false), ...root.codemods.map((id) => held(findCodemod(id)))],
    version: toolVersion(),
    founds: true,
  };
}

/** The one codemod that writes. */
function creating(template: Template, files: Readonly<Record<string, string>>, brings: boolean): Codemod {
  const { id, title, description } = template;
  const edits: readonly Edit[] = [
    ...Object.entries(files).map(([file, text]) => ({ kind: 'create' as const, file, text, why: whyOf(file) })),
    ...(brings ? [{ kind: 'create' as const, file: `vendor/${tarball}`, asset: tarball, why: whyOf('vendor/') }] : []),
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

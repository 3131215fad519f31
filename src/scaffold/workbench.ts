import type { Codemod, Edit, ExpectedSpan, NewService, Repo, Survey } from '../contract/index.ts';
import type { Workbench } from '../engine/index.ts';
import { readAsset, toolVersion } from '../engine/plan/toolkit.ts';
import { checkAnswers } from './check-answers.ts';
import { fillTemplate, tarball, vendored } from './fill-template.ts';
import { readTemplate, type Template } from './read-templates.ts';
import { whyOf } from './reasons.ts';
import { surveyOfNew } from './survey-of-new.ts';

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
  return founding([creating(template, files), ...heldBy(template.expects)], surveyOfNew(answers));
}

/** Neither the survey nor the codemods are asked: what a template holds is known, and was read from it when it was packed. */
export function founding(codemods: readonly Codemod[], survey: Survey): Workbench {
  const empty = { packages: [], mounts: [], services: [], dockerfiles: [], telemetry: [], loggers: [], problems: [] };
  const takeSurvey = ({ files }: Repo): Survey => (files.includes('package.json') ? survey : empty);
  return { codemods, version: toolVersion(), founds: true, takeSurvey, asset: readAsset };
}

/** The one codemod that writes. */
export function creating(template: Omit<Template, 'codemods'>, files: Readonly<Record<string, string>>): Codemod {
  const { id, title, description } = template;
  const edits: readonly Edit[] = [
    ...Object.entries(files).map(([file, text]) => ({ kind: 'create' as const, file, text, why: whyOf(file) })),
    ...vendored(files).map((file) => ({ kind: 'create' as const, file, asset: tarball, why: whyOf(file) })),
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

/** Codemods with nothing left to do: the receipt names them, so `check` asks them again and `verify` looks for their spans. */
export function heldBy(expects: Readonly<Record<string, readonly ExpectedSpan[]>>): readonly Codemod[] {
  return Object.entries(expects).map(([id, spans]) => ({
    meta: { id, title: id, description: '', kind: 'scaffold', scope: 'repository', targets: {}, mentions: [], after: [] },
    expects: spans,
    detect: () => ({ status: 'applies', sites: [] }),
    plan: () => ({ edits: [], tasks: [] }),
  }));
}

import type { NewService } from '../../contract/index.ts';
import type { Workbench } from '../../engine/index.ts';
import { checkAnswers } from '../check-answers.ts';
import { readTemplate } from '../read-templates.ts';
import { surveyOfNew } from '../survey-of-new.ts';
import { creating, founding, heldBy } from '../workbench.ts';
import { SEVERAL } from './parts.ts';
import { rootFiles } from './root-files.ts';

/** What is planned above several services. */
export function severalWorkbench(answers: NewService): Workbench {
  const templates = (answers.services ?? []).map(readTemplate);
  checkAnswers(answers, []);
  const root = { id: SEVERAL, title: 'Several services', description: 'Services that call each other, started and asked together.' };
  const expects = Object.assign({}, ...templates.map((template) => template.expects));
  return founding([creating(root, rootFiles(answers, templates)), ...heldBy(expects)], surveyOfNew(answers));
}

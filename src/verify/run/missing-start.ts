import { type Problem, TracewrightError } from '../../contract/index.ts';
import { openRepo } from '../../engine/plan/open-repo.ts';
import { takeSurvey } from '../../survey/index.ts';

/** Launches that name a file that does not exist, each with its place. */
export function missingStarts(problems: readonly Problem[]): string[] {
  const lost = problems.filter(({ code }) => code === 'TW1010');
  return lost.map(({ detail, evidence }) => `${detail} (${evidence.file}:${evidence.line})`);
}

/** A program that ended because Node did not find its start file: the error then names the launch that is wrong. */
export function explainEnd(root: string, error: unknown): unknown {
  if (!(error instanceof TracewrightError) || error.code !== 'TW3003') return error;
  const [, module] = /Cannot find module '([^'\n]+)'/.exec(error.detail) ?? [];
  if (module === undefined) return error;
  const named = missingStarts(takeSurvey(openRepo(root)).problems).find((start) => {
    const [, target = ''] = /`(?:\.\/)?([^`]+)`/.exec(start) ?? [];
    return module === target || module.endsWith(`/${target}`);
  });
  return named === undefined ? error : new TracewrightError('TW1010', named, { cause: error });
}

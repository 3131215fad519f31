import type { Codemod, Repo, RequestSchema, Route, Survey } from '../../contract/index.ts';
import { openRepo } from '../../engine/plan/open-repo.ts';
import { takeSurvey } from '../../survey/index.ts';

/** A repository as it stands now: what a receipt says of its routes is as old as the last apply. */
export interface TreeFacts {
  readonly repo: Repo;
  readonly survey: Survey;
  readonly routes: readonly Route[];
  /** Of the codemods that ship; none where they were not asked. */
  readonly codemods: readonly Codemod[];
}

/** `ask`: whether the codemods are asked, which loads parsers. A program that we did not migrate answers for itself. */
export async function readTree(root: string, ask: boolean): Promise<TreeFacts> {
  const repo = openRepo(root);
  const survey = takeSurvey(repo);
  if (!ask) return { repo, survey, routes: [], codemods: [] };
  const { listCodemods } = await import('../../registry/index.ts');
  const codemods = listCodemods();
  return { repo, survey, routes: once(codemods.flatMap((codemod) => codemod.routes?.(repo, survey) ?? [])), codemods };
}

/** What a request to a route must carry, by the first codemod that knows it. */
export function requestOf({ codemods, repo }: TreeFacts, route: Route): RequestSchema | undefined {
  for (const codemod of codemods) {
    const found = codemod.requestOf?.(route, repo);
    if (found !== undefined) return found;
  }
  return undefined;
}

function once(routes: readonly Route[]): readonly Route[] {
  const nameOf = ({ service, method, path }: Route): string => `${service} ${method.toUpperCase()} ${path}`;
  return [...new Map(routes.toReversed().map((route) => [nameOf(route), route])).values()].reverse();
}

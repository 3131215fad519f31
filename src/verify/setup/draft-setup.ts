import { stringify } from 'yaml';
import type { Evidence, JobSite, Route, Survey } from '../../contract/index.ts';
import { deriveSetup, furtherPrograms } from './derive-setup.ts';
import { draftJob } from './draft-job.ts';
import { type DraftSources, draftRequest, item } from './draft-request.ts';
import { readApiFiles } from './openapi.ts';
import { readTree, type TreeFacts } from './read-tree.ts';
import type { ServiceSetup } from './setup.ts';

/** What was drafted, and what only somebody who knows the program can say. */
export interface SetupDraft {
  readonly text: string;
  readonly questions: readonly string[];
}

/** A tracewright.yaml for all that the code names. Nothing is written and nothing is started. */
export async function draftSetup(root: string): Promise<SetupDraft> {
  return draftOf(root, await readTree(root, true));
}

/**
 * Every program that production starts, every route, with the body that a schema, a validator or a type states, else with the fields that
 * the handler reads. Values that the code does not state are guessed and asked for.
 */
export function draftOf(root: string, tree: TreeFacts): SetupDraft {
  const { survey, routes } = tree;
  const { services, scenarios } = deriveSetup(root, routes, survey);
  const all = [...services, ...furtherPrograms(root, survey, services)];
  const plain = scenarios.flatMap(({ requests }) => requests);
  const isAsked = ({ method, path }: Route): boolean =>
    method.toUpperCase() === 'GET' && plain.some((each) => each.path === (path === '' ? '/' : path));
  const open = once(routes.filter((route) => !isAsked(route)));
  const sources: DraftSources = { root, tree, apis: readApiFiles(tree.repo) };
  const jobs = tree.codemods.flatMap((codemod) => codemod.jobs?.(tree.repo, survey) ?? []);
  const requests = open.map((route) => draftRequest(sources, route, serviceOf(route, all, survey), remarkOn(route, routes, jobs)));
  const steps = jobs.filter(({ puts }) => !puts.some((each) => routeAround(each, routes))).map((job) => draftJob(root, tree, job, all));
  const questions = [...requests, ...steps].flatMap(({ question }) => question ?? []);
  const several = all.length > 1;
  const text = [
    '# Drafted from what the code names. Look at each value, correct the guesses, then run `tracewright verify`.',
    stringify({ version: 1, services: all.map(shown) }).trimEnd(),
    'scenarios:',
    ...(plain.length > 0 && !(plain.length === 1 && plain[0]?.path === '/' && open.length > 0)
      ? [
          '  - name: default',
          ...(plain.length > 1 ? ['    parallel: true'] : []),
          '    requests:',
          ...plain.map((each) =>
            several ? item({ service: each.service, method: each.method, path: each.path }) : `      - ${each.method} ${each.path}`,
          ),
        ]
      : []),
    ...(requests.length > 0 ? ['  - name: guessed', '    requests:', ...requests.map(({ lines }) => lines)] : []),
    ...(steps.length > 0 ? ['  - name: jobs', '    requests:', ...steps.map(({ lines }) => lines)] : []),
  ];
  return { text: `${text.join('\n')}\n`, questions };
}

function shown({ name, dir, command, build, readyOutput }: ServiceSetup): object {
  return {
    name,
    ...(dir === '' ? {} : { dir }),
    command,
    ...(build === undefined ? {} : { build }),
    ...(readyOutput === undefined ? {} : { ready: { output: readyOutput } }),
  };
}

function once(routes: readonly Route[]): Route[] {
  return [...new Map(routes.map((route) => [`${route.service} ${route.method.toUpperCase()} ${route.path}`, route])).values()];
}

function serviceOf(route: Route, services: readonly ServiceSetup[], survey: Survey): string | undefined {
  if (services.length < 2) return undefined;
  const dir = survey.services.find(({ name }) => name === route.service)?.package;
  return (services.find(({ name }) => name === route.service) ?? services.find((each) => each.dir === dir))?.name;
}

/** The last route above a place of the same file: its handler is where the place stands. */
function routeAround({ file, line }: Evidence, routes: readonly Route[]): Route | undefined {
  const above = routes.filter(({ evidence }) => evidence.file === file && evidence.line <= line);
  return above.toSorted((a, b) => b.evidence.line - a.evidence.line)[0];
}

function remarkOn(route: Route, routes: readonly Route[], jobs: readonly JobSite[]): string | undefined {
  const put = jobs.filter(({ puts }) => puts.some((each) => routeAround(each, routes) === route)).map(({ queue }) => queue);
  return put.length === 0 ? undefined : `Puts a job on ${[...new Set(put)].join(', ')}.`;
}

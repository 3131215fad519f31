import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Route, Survey } from '../../contract/index.ts';
import { openRepo } from '../../engine/plan/open-repo.ts';
import { takeSurvey } from '../../survey/index.ts';
import { deriveSetup, furtherPrograms } from './derive-setup.ts';
import type { ServiceSetup } from './setup.ts';

/** What was drafted, and what only somebody who knows the program can say. */
export interface SetupDraft {
  readonly text: string;
  readonly questions: readonly string[];
}

/**
 * A tracewright.yaml for all that the plan knows: every program that production starts, every route, with the fields of a body that the
 * handler reads. Values that the code does not state are guessed and asked for. Nothing is written and nothing is started.
 */
export function draftSetup(root: string, routes: readonly Route[]): SetupDraft {
  const survey = takeSurvey(openRepo(root));
  const { services, scenarios } = deriveSetup(root, routes);
  const all = [...services, ...furtherPrograms(root, survey, services)];
  const plain = scenarios.flatMap(({ requests }) => requests);
  const isAsked = ({ method, path }: Route): boolean =>
    method.toUpperCase() === 'GET' && plain.some((each) => each.path === (path === '' ? '/' : path));
  const open = once(routes.filter((route) => !isAsked(route)));
  const requests = open.map((route) => draftRequest(root, route, serviceOf(route, all, survey)));
  const questions = requests.flatMap(({ question }) => question ?? []);
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

interface DraftRequest {
  readonly lines: string;
  readonly question?: string;
}

/** A request whose values are guesses; what deletes stands as a comment. */
function draftRequest(root: string, route: Route, service: string | undefined): DraftRequest {
  const method = ['ALL', 'USE'].includes(route.method.toUpperCase()) ? 'GET' : route.method.toUpperCase();
  const names = [...route.path.matchAll(/[:{](\w+)[^/]*/g)].map(([, name = '']) => name);
  const path = route.path.replace(/[:{]\w+[^/]*/g, '1').replace(/[*()?+]/g, '') || '/';
  const fields = ['POST', 'PUT', 'PATCH'].includes(method) ? bodyFields(root, route) : [];
  const body = fields.length > 0 ? { body: Object.fromEntries(fields.map((name) => [name, guess(name)])) } : {};
  const place = `${route.evidence.file}:${route.evidence.line}`;
  const unknown = [
    ...names.map((name) => `which ${name} is there`),
    ...(fields.length > 0 ? [`is its body right (${fields.join(', ')})`] : []),
  ];
  const isOpen = ['POST', 'PUT', 'PATCH'].includes(method) && fields.length === 0;
  const asks = [...unknown, ...(isOpen ? ['what does it take as a body'] : [])];
  const label = `${method} ${route.path}`;
  const question = asks.length === 0 ? undefined : `${label} (${place}): ${asks.join('; ')}?`;
  const lines = item({ ...(service === undefined ? {} : { service }), method, path, ...body });
  const kept = method === 'DELETE' ? lines.replace(/^/gm, '#') : lines;
  return { lines: `      # ${question ?? `${label} (${place})`}\n${kept}`, ...(question === undefined ? {} : { question }) };
}

function item(request: object): string {
  const [first = '', ...rest] = stringify(request).trimEnd().split('\n');
  return [`      - ${first}`, ...rest.map((line) => `        ${line}`)].join('\n');
}

/** The handler stands below its route; what it reads of the body is what the request must hold. */
const handlerLines = 40;

function bodyFields(root: string, { evidence: { file, line } }: Route): string[] {
  const path = join(root, file);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(line - 1, line - 1 + handlerLines);
  const next = lines.findIndex((text, index) => index > 0 && /\.(get|post|put|patch|delete|all|use)\(\s*['"`]/.test(text));
  const text = lines.slice(0, next < 0 ? undefined : next).join('\n');
  const read = [...text.matchAll(/\bbody\??\.([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
  const taken = [...text.matchAll(/\{([^{}]+)\}\s*=\s*[\w.]*\bbody\b/g)].flatMap(([, names = '']) => names.split(','));
  const bare = taken.map((name) => name.split(/[:=]/)[0]?.trim() ?? '').filter((name) => /^[A-Za-z_]\w*$/.test(name));
  return [...new Set([...read, ...bare])];
}

function guess(name: string): string | number {
  return /(count|quantity|amount|price|total|size|limit|age|number|id)$/i.test(name) ? 1 : 'text';
}

import { parse, stringify } from 'yaml';
import { PLACEHOLDER } from '../fill-template.ts';
import type { Part } from './parts.ts';

/** A part with the files of its template. */
export interface FilledPart extends Part {
  readonly files: Readonly<Record<string, string>>;
}

interface Compose {
  readonly services: Readonly<Record<string, { readonly ports?: readonly string[]; readonly environment?: object }>>;
  readonly configs: object;
}

interface Workflow {
  readonly jobs: { readonly test: { readonly services?: object; readonly steps: readonly Step[] } };
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: object;
}

/** The compose files of all parts as one: what they share stands in it once. */
export function composeOf(parts: readonly FilledPart[]): string {
  const all = parts.map(({ files }) => parse(files['compose.yaml'] ?? '') as Compose);
  const own = parts.map(({ plain, folder }, at) => {
    const { environment, ...service } = all[at]?.services[PLACEHOLDER] ?? {};
    const next = parts[at + 1];
    const stock = next === undefined ? 'http://stock:3001/stock' : `http://${next.plain}:3000/orders`;
    const named = { ...environment, OTEL_SERVICE_NAME: plain, STOCK_URL: stock };
    const needs = 'depends_on' in service && Array.isArray(service.depends_on) ? service.depends_on : [];
    const waits = next === undefined ? needs : [...needs.filter((name) => name !== 'stock'), next.plain];
    return [
      plain,
      { ...service, build: `./${folder}`, ports: [`127.0.0.1:${3000 + at}:3000`], environment: named, depends_on: waits },
    ] as const;
  });
  const shared = Object.assign({}, ...all.map(({ services }) => services));
  delete shared[PLACEHOLDER];
  return stringify({ services: { ...Object.fromEntries(own), ...shared }, configs: all[0]?.configs }, { lineWidth: 0 });
}

/** The CI of a part, run for each of them, and the trace gate over all. */
export function workflowOf(parts: readonly FilledPart[], node: string): string {
  const all = parts.map(({ files }) => parse(files['.github/workflows/ci.yml'] ?? '') as Workflow);
  const [first] = all;
  if (first === undefined) return '';
  const services = Object.assign({}, ...all.map(({ jobs }) => jobs.test.services));
  const setUp = first.jobs.test.steps.filter(({ uses }) => uses !== undefined);
  const tools = first.jobs.test.steps.filter(({ run }) => run?.startsWith('npm install --global'));
  const steps = setUp.map((step) =>
    step.uses?.startsWith('actions/setup-node')
      ? { ...step, with: { ...step.with, 'node-version': Number(node), 'cache-dependency-path': 'services/*/package-lock.json' } }
      : step,
  );
  const test = {
    ...first.jobs.test,
    ...(Object.keys(services).length > 0 && { services }),
    steps: [
      ...steps,
      ...tools,
      ...['npm run setup', 'npm run build', 'npm test', 'npm run check', 'npm run test:traces'].map((run) => ({ run })),
    ],
  };
  return stringify({ ...first, jobs: { ...first.jobs, test } }, { lineWidth: 0 });
}

import { parse, stringify } from 'yaml';
import type { Edit } from '../../contract/index.ts';
import { plainName } from '../check-answers.ts';
import { PLACEHOLDER } from '../fill-template.ts';
import { readTemplate } from '../read-templates.ts';
import { type Addition, at, type Facts, firstOf } from './facts.ts';

/** The image of a template, for a service whose files lie as a template's do. */
export function addDockerfile(facts: Facts): Addition {
  const there = firstOf(facts, ['Dockerfile']);
  if (there !== undefined)
    return {
      edits: [],
      tasks: [
        {
          file: there,
          line: 1,
          why: 'There is a Dockerfile already; it is kept',
          next: 'Remove it first if the one of the template is wanted.',
        },
      ],
    };
  const { repo } = facts;
  const isTyped = facts.extension === 'ts';
  const main = isTyped ? 'dist/main.js' : 'src/main.js';
  const needed = [
    'package-lock.json',
    'instrumentation.mjs',
    isTyped ? 'src/main.ts' : 'src/main.js',
    ...(isTyped ? ['tsconfig.json'] : []),
  ];
  const missing = needed.find((name) => repo.read(at(facts, name)) === undefined);
  if (missing !== undefined) {
    const next = `Write it after that of a template: \`tracewright new ${isTyped ? 'express-ts' : 'http-js'} elsewhere --yes\`; what starts this service must load its instrumentation first.`;
    return {
      edits: [],
      tasks: [{ file: facts.package.manifest, line: 1, why: `The image of a template wants ${missing}, which is not there`, next }],
    };
  }
  const loads = repo.read(facts.package.manifest)?.includes('--import ./instrumentation.mjs') === true;
  const template = isTyped ? (loads ? 'koa-ts' : 'express-ts') : 'http-js';
  const text = (readTemplate(template).files['Dockerfile'] ?? '').replaceAll('node:20-slim', `node:${majorOf(facts)}-slim`);
  const edits: Edit[] = [
    {
      kind: 'create',
      file: at(facts, 'Dockerfile'),
      text,
      why: `Runs ${main} as another user than root, with tracing loaded first; ends on SIGTERM.`,
    },
  ];
  const ignore = at(facts, '.dockerignore');
  if (repo.read(ignore) === undefined)
    edits.push({
      kind: 'create',
      file: ignore,
      text: 'node_modules\ndist\n.git\n.env\n',
      why: 'Keeps what is installed, built or secret out of the image.',
    });
  return { edits, tasks: [] };
}

function majorOf({ package: { manifest }, repo }: Facts): string {
  const { engines }: { engines?: { node?: string } } = JSON.parse(repo.read(manifest) ?? '{}');
  const major = Number(/\d+/.exec(engines?.node ?? '')?.[0] ?? 20);
  return String(Math.max(major, 20));
}

interface Compose {
  services: Record<string, unknown>;
  configs: unknown;
}

/** A collector and Jaeger beside the service, or beside what runs on this machine. */
export function addCollector(facts: Facts): Addition {
  const there = firstOf(facts, ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']);
  const template: Compose = parse(readTemplate('http-js').files['compose.yaml'] ?? '');
  const { collector, jaeger, [PLACEHOLDER]: own } = template.services;
  const name = plainName(facts.package.name ?? 'service');
  if (there !== undefined) {
    const next = `Add the services collector and jaeger of \`tracewright new http-js elsewhere --yes\` to it, and give ${name} OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318.`;
    return { edits: [], tasks: [{ file: there, line: 1, why: 'There is a compose file already; it is kept', next }] };
  }
  const hasImage = firstOf(facts, ['Dockerfile']) !== undefined;
  const environment = { OTEL_SERVICE_NAME: name, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
  const service = hasImage ? { [name]: { ...Object(own), environment, depends_on: ['collector'] } } : {};
  const text = stringify({ services: { ...service, collector, jaeger }, configs: template.configs }, { lineWidth: 0 });
  const why = 'Takes traces and logs on port 4318 and shows them in Jaeger: `docker compose up`, then http://127.0.0.1:16686.';
  return { edits: [{ kind: 'create', file: at(facts, 'compose.yaml'), text, why }], tasks: [] };
}

import { shippedVersion } from '../../cohort/index.ts';
import type { CohortId, Edit, Task } from '../../contract/index.ts';
import { PLACEHOLDER } from '../fill-template.ts';
import { readTemplate } from '../read-templates.ts';
import { type Addition, type Facts, firstOf, uses } from './facts.ts';

/** What a bootstrap says of a library. */
export interface Instrumented {
  readonly library: string;
  /** `AmqplibInstrumentation` */
  readonly className: string;
  /** Whose bootstrap has it and nothing else. */
  readonly template: string;
}

/** The library in the bootstrap of the service, as a template has it; otherwise a task. */
export function instrument(facts: Facts, wanted: Instrumented): Addition {
  const name = `@opentelemetry/instrumentation-${wanted.library}`;
  const file = firstOf(facts, ['instrumentation.mjs']);
  const text = file === undefined ? undefined : facts.repo.read(file);
  if (text?.includes(name) === true) return { edits: [], tasks: [] };
  const why = `Traces ${wanted.library}; it is loaded before everything else.`;
  const splices = file === undefined || text === undefined ? undefined : spliced(text, wanted, name);
  if (file === undefined || splices === undefined) return { edits: [], tasks: [taskOf(facts, wanted, name)] };
  const edits = splices.map(([start, end, put]): Edit => ({ kind: 'splice', file, start, end, text: put, why }));
  return { edits: [...edits, ...dependencyEdits(facts, [name, '@opentelemetry/instrumentation', 'import-in-the-middle'], why)], tasks: [] };
}

type Splice = readonly [start: number, end: number, text: string];

const plain =
  /^\/\/ Starts tracing[^\n]*\nimport \{ createRequire \}[\s\S]*\nregister\(\{ serviceName: '([^']+)' \}\);\nlogRequests\(\);\n$/;

function spliced(text: string, { library, className, template }: Instrumented, name: string): readonly Splice[] | undefined {
  const [, service] = plain.exec(text) ?? [];
  if (service !== undefined) {
    const whole = (readTemplate(template).files['instrumentation.mjs'] ?? '').replaceAll(PLACEHOLDER, service);
    return [[0, text.length, whole]];
  }
  const include = /^const include = \[('[^\]]*')\];$/m.exec(text);
  const required = [...text.matchAll(/^const \{ \w+Instrumentation \} = require\('[^']+'\);\n/gm)].at(-1);
  const list = /^ {2}instrumentations: \[(new [^\]]*\))\],$/m.exec(text);
  if (include === null || required === undefined || list === null) return undefined;
  const ends = [include.index + include[0].length - 2, required.index + required[0].length, list.index + list[0].length - 2] as const;
  return [
    [ends[0], ends[0], `, '${library}'`],
    [ends[1], ends[1], `const { ${className} } = require('${name}');\n`],
    [ends[2], ends[2], `, new ${className}()`],
  ];
}

function taskOf(facts: Facts, { library, className }: Instrumented, name: string): Task {
  const file =
    firstOf(facts, ['instrumentation.mjs', 'instrumentation.cjs', 'instrumentation.js', 'instrumentation.ts']) ?? facts.package.manifest;
  const next = `Add ${name} to the dependencies, \`new ${className}()\` to the instrumentations, and '${library}' to what a hook includes.`;
  return { file, line: 1, why: `The bootstrap has another form than that of a template, and ${library} gets no spans yet`, next };
}

/** Versions by the rows that the service's own OpenTelemetry is of. */
function dependencyEdits(facts: Facts, names: readonly string[], why: string): readonly Edit[] {
  const cohort = cohortOf(facts);
  return names.flatMap((name): readonly Edit[] => {
    const version = shippedVersion(cohort, name);
    if (uses(facts, name) || version === undefined) return [];
    return [{ kind: 'manifest', file: facts.package.manifest, path: ['dependencies', name], value: version, why }];
  });
}

function cohortOf({ repo, package: { manifest } }: Facts): CohortId {
  const { dependencies = {} }: { dependencies?: Readonly<Record<string, string>> } = JSON.parse(repo.read(manifest) ?? '{}');
  const major = /\d+/.exec(dependencies['@opentelemetry/core'] ?? '')?.[0];
  return major === '1' ? 'sdk-1' : major === '3' ? 'sdk-3' : 'sdk-2';
}

import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFolder } from '../../tests/harness/read-folder.ts';
import { type TempRepo, tempRepo } from '../../tests/harness/temp-repo.ts';
import { applyPlan, createPlan, shippedWorkbench } from '../engine/index.ts';
import { checkRepo } from './index.ts';

const examples = ['legacy-express', 'typescript-layers', 'fetch-chain'] as const;
type Example = (typeof examples)[number];

const migrated = new Map<Example, TempRepo>();
const repos: TempRepo[] = [];

function copyOf(example: Example): TempRepo {
  const repo = tempRepo({});
  repos.push(repo);
  cpSync(migrated.get(example)?.root ?? '', repo.root, { recursive: true });
  return repo;
}

function edit(repo: TempRepo, file: string, change: (text: string) => string): void {
  const text = readFileSync(join(repo.root, file), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`the sabotage of ${file} changes nothing`);
  repo.write(file, changed);
}

function editReceipt(repo: TempRepo, change: object): void {
  edit(repo, '.tracewright/receipt.json', (text) => JSON.stringify({ ...JSON.parse(text), ...change }));
}

/** Errors as `code file:line`; no install was run here, so the lock files are stale. */
function errorsOf(repo: TempRepo): readonly string[] {
  const { findings } = checkRepo(repo.root);
  return findings
    .filter(({ level, code }) => level === 'error' && code !== 'TW2122')
    .map(({ code, file, line }) => `${code} ${file}:${line}`);
}

beforeAll(() => {
  const workbench = { ...shippedWorkbench(), asset: () => Buffer.from('a packed middleware') };
  for (const example of examples) {
    const repo = tempRepo(readFolder(fileURLToPath(new URL(`../../examples/${example}/app`, import.meta.url))) ?? {});
    repos.push(repo);
    applyPlan(repo.root, createPlan(repo.root, { only: [], skip: [] }, workbench), { allowDirty: true }, workbench);
    migrated.set(example, repo);
  }
});

afterAll(() => {
  for (const repo of repos) repo.remove();
});

const byHand = 'src/by-hand.ts';

const sabotages: readonly (readonly [string, Example, (repo: TempRepo) => void, readonly string[]])[] = [
  [
    'the bootstrap moved below another require',
    'legacy-express',
    (repo) =>
      edit(repo, 'bin/www', (text) => {
        const load = /^.*instrumentation\.cjs.*$/m.exec(text)?.[0] ?? '';
        return text.replace(`${load}\r\n`, '').replace(/^ {2}, http = .*$/m, (line) => `${line}\r\n${load}`);
      }),
    ['TW2103 bin/www:13'],
  ],
  [
    'a Dockerfile that starts another program',
    'legacy-express',
    (repo) => {
      repo.write('server-v2.js', "require('./app').listen(3000);\n");
      edit(repo, 'Dockerfile', (text) => text.replace(/CMD.*/, 'CMD ["node", "server-v2.js"]'));
    },
    ['TW2103 server-v2.js:1'],
  ],
  [
    'one service of three that no longer loads tracing',
    'fetch-chain',
    (repo) => edit(repo, 'orders/src/index.js', (text) => text.replace(/^import.*instrumentation.*\n/m, '')),
    ['TW2103 orders/src/index.js:1'],
  ],
  [
    'a vendored tarball with other bytes',
    'legacy-express',
    (repo) => repo.write(`vendor/${readdirSync(join(repo.root, 'vendor'))[0]}`, 'other bytes'),
    [expect.stringMatching(/^TW2105 vendor\/tracewright-middleware-.*tgz:1$/)],
  ],
  [
    'a receipt without codemods',
    'legacy-express',
    (repo) => editReceipt(repo, { applied: [{ plan: '', version: '0', options: { only: [], skip: [] }, codemods: [] }] }),
    ['TW2101 .tracewright/receipt.json:1'],
  ],
  ['a receipt without files', 'legacy-express', (repo) => editReceipt(repo, { files: [] }), ['TW2101 .tracewright/receipt.json:1']],
  [
    'a hash in the receipt',
    'legacy-express',
    (repo) =>
      edit(repo, '.tracewright/receipt.json', (text) =>
        text.replace(/"after": "[0-9a-f]{64}",\n(\s+"before": "[0-9a-f]{64}",\n\s+"file": "app\.js")/, `"after": "${'0'.repeat(64)}",\n$1`),
      ),
    ['TW2109 .tracewright/receipt.json:1'],
  ],
  [
    'an offset in the receipt',
    'legacy-express',
    (repo) => edit(repo, '.tracewright/receipt.json', (text) => text.replace(/"end": (\d+)/, (_, end) => `"end": ${Number(end) + 1}`)),
    ['TW2109 .tracewright/receipt.json:1'],
  ],
  [
    'a codemod that is taken out of the receipt, and what it wrote',
    'fetch-chain',
    (repo) => {
      edit(repo, '.tracewright/receipt.json', (text) => text.replace(/\s+"otel-load",?/, '').replace(/,(\s+\])/, '$1'));
      edit(repo, 'orders/src/index.js', (text) => text.replace(/^import.*instrumentation.*\n/m, ''));
    },
    ['TW2103 orders/src/index.js:1'],
  ],
  [
    'a span by hand through an alias',
    'typescript-layers',
    (repo) =>
      repo.write(
        byHand,
        "import { trace as t } from '@opentelemetry/api';\nconst x = t.getTracer('x');\nexport const f = () => x.startSpan('x');\n",
      ),
    [`TW2112 ${byHand}:3`],
  ],
  [
    'a span by hand through a namespace and a string',
    'typescript-layers',
    (repo) =>
      repo.write(
        byHand,
        "import * as o from '@opentelemetry/api';\nexport const f = () => o.trace.getTracer('x')['startActiveSpan']('x', () => 1);\n",
      ),
    [`TW2112 ${byHand}:2`],
  ],
  [
    'a span by hand through destructuring',
    'typescript-layers',
    (repo) =>
      repo.write(
        byHand,
        "import { trace } from '@opentelemetry/api';\nconst { startSpan } = trace.getTracer('x');\nexport const f = () => startSpan('x');\n",
      ),
    [`TW2112 ${byHand}:3`],
  ],
  [
    'a span by hand on a tracer of another file',
    'legacy-express',
    (repo) => {
      repo.write('lib/tracer.js', "module.exports = require('@opentelemetry/api').trace.getTracer('x');\n");
      repo.write('lib/use.js', "const tracer = require('./tracer');\nexports.f = () => tracer.startSpan('x').end();\n");
    },
    ['TW2112 lib/use.js:2'],
  ],
  [
    'a traceparent header in another spelling',
    'typescript-layers',
    (repo) => repo.write('src/h.ts', "export const h = (id: string) => ({ ['TraceParent']: id });\n"),
    ['TW2111 src/h.ts:1'],
  ],
  [
    'a traceparent header as a template',
    'typescript-layers',
    (repo) => repo.write('src/h.ts', 'export const h = (r: Headers, id: string) => r.set(`traceparent`, id);\n'),
    ['TW2111 src/h.ts:1'],
  ],
];

const legitimate: Readonly<Record<string, string>> = {
  'src/tag.ts':
    "import { context, propagation, trace, type Span } from '@opentelemetry/api';\n// never call tracer.startSpan() here: traceparent is the middleware's\nexport const tag = (key: string, value: string): void => void trace.getActiveSpan()?.setAttribute(key, value);\nexport const who = (): Span | undefined => trace.getSpan(context.active());\nexport const bag = () => propagation.getActiveBaggage();\n",
  'src/editor.ts': "class Editor { startSpan(x: string): string { return x; } }\nexport const e = new Editor().startSpan('bold');\n",
  'src/sentry.ts': "import { startSpan } from '@sentry/node';\nexport const f = () => startSpan({ name: 'x' }, () => 1);\n",
  'src/orders.test.ts': "import { trace } from '@opentelemetry/api';\ntrace.getTracer('t').startSpan('x').end();\n",
  'docs/tracing.md': 'Call `tracer.startSpan("x")` and send `traceparent`.\n',
};

describe('checkRepo', () => {
  it.each(sabotages)('finds %s, and nothing else', (_what, example, sabotage, expected) => {
    const repo = copyOf(example);
    expect(errorsOf(repo)).toEqual([]);
    sabotage(repo);
    expect(errorsOf(repo)).toEqual(expected);
  });

  it('leaves alone what only looks like OpenTelemetry by hand, and what is none', () => {
    const repo = copyOf('typescript-layers');
    for (const [file, text] of Object.entries(legitimate)) repo.write(file, text);
    expect(errorsOf(repo)).toEqual([]);
  });
});

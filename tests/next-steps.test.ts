import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { helpFor } from '../src/cli/help.ts';
import { start } from '../src/cli/start.ts';
import { catalogue } from '../src/contract/index.ts';
import { byAPerson, elsewhere } from './harness/next-steps-left.ts';
import { tempRepo } from './harness/temp-repo.ts';

type Files = Readonly<Record<string, string>>;
/** Words of a command, in which `.` is the folder; or what a person does there. */
type Step = readonly string[] | ((root: string) => unknown);

/** A state in which a code is said, and the steps that its `next` names: after them the command says it no more. */
interface Case {
  readonly files?: Files;
  readonly before?: readonly Step[];
  readonly words: readonly string[];
  readonly steps: readonly Step[];
  /** What is run after the steps; the same command. */
  readonly again?: readonly string[];
  /** Commands that it names for somebody who wants something else. */
  readonly besides?: readonly string[];
}

const server =
  "require('http').createServer((req, res) => res.end('hi')).listen(process.env.PORT || 0);\nprocess.on('SIGTERM', () => process.exit(0));\n";
const shop: Files = {
  'package.json': '{ "name": "shop", "scripts": { "start": "node index.js" }, "engines": { "node": ">=18" } }\n',
  'index.js': server,
};
const write =
  (file: string, text: string) =>
  (root: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
const remove =
  (file: string) =>
  (root: string): void =>
    rmSync(join(root, file), { recursive: true });
const change =
  (file: string, from: string | RegExp, to: string) =>
  (root: string): void =>
    writeFileSync(join(root, file), readFileSync(join(root, file), 'utf8').replace(from, to));
const git =
  (...words: readonly string[]) =>
  (root: string): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: root, stdio: 'ignore' });
const committed: readonly Step[] = [git('init', '-q'), git('add', '-A'), git('commit', '-qm', 'first')];
const applied: readonly Step[] = [['apply', '.', '--yes', '--allow-dirty']];
const otlp = readFileSync(new URL('../src/verify/fixtures/traced-by-hand/otlp.js', import.meta.url), 'utf8');
const traced = readFileSync(new URL('../src/verify/fixtures/traced-by-hand/server.js', import.meta.url), 'utf8');
const receipt =
  '{"format":1,"applied":[{"plan":"x","version":"0.1.0","options":{"only":[],"skip":[]},"codemods":["otel-load"]}],"files":[],"locks":[],"folders":[]}';
const proven: Files = { ...shop, 'index.js': traced, 'otlp.js': otlp, '.tracewright/receipt.json': receipt };
const yaml = (scenario: string, service = 'command: node index.js'): string =>
  `version: 1\nservices: [{ name: shop, ${service} }]\nscenarios: [{ name: default, requests: [${scenario}] }]\n`;
const asking = (scenario: string, service?: string): Files => ({ ...proven, 'tracewright.yaml': yaml(scenario, service) });
/** Answers 404 to what it does not serve, without a route. */
const guarded = traced.replace(
  /createServer\((?:\w+, )?\(?(\w+), (\w+)\)? => \{/,
  (head, req, res) => `${head}\n  if (${req}.url === '/nowhere') return void ((${res}.statusCode = 404), ${res}.end());`,
);

const cases: Readonly<Record<string, Case>> = {
  TW1001: { words: ['plan', './missing'], steps: [], again: ['plan', '.'] },
  TW1002: {
    files: { 'readme.md': '' },
    besides: ['new'],
    words: ['plan', '.'],
    steps: [write('package.json', shop['package.json'] ?? ''), write('index.js', server)],
  },
  TW1003: {
    files: { ...shop, 'package.json': '{ "name": ' },
    words: ['plan', '.'],
    steps: [write('package.json', shop['package.json'] ?? '')],
  },
  TW1010: {
    files: { 'package.json': '{"name":"a","scripts":{"start":"node gone.js"}}' },
    words: ['plan', '.'],
    steps: [write('gone.js', server)],
  },
  TW1050: {
    files: { ...shop, 'package.json': '{"name":"a","scripts":{"start":"node index.js"},"engines":{"node":"12"}}' },
    words: ['plan', '.'],
    steps: [change('package.json', '12', '>=22')],
  },
  TW1070: { words: ['paln'], steps: [['--help']], again: ['plan', '.'] },
  TW1071: { words: ['plan', '--dif'], steps: [['plan', '--help']], again: ['plan', '.', '--diff'] },
  TW1072: { words: ['mcp', '--wait', 'x'], steps: [['mcp', '--help']], again: ['list'] },
  TW1073: { words: ['apply', '.'], steps: [], again: ['apply', '.', '--yes', '--allow-dirty'] },
  TW1075: { words: ['explain', 'otel-lod'], steps: [['list']], again: ['explain', 'otel-load'] },
  TW1082: { words: ['check', '.', '--staged'], steps: [git('init', '-q')] },
  TW1101: {
    besides: ['plan'],
    words: ['new', 'http-js', '.', '--yes', '--no-git'],
    steps: [],
    again: ['new', 'http-js', './fresh', '--yes', '--no-git'],
  },
  TW1103: {
    words: ['new', 'http-jz', './fresh', '--yes'],
    steps: [['new', '--list']],
    again: ['new', 'http-js', './fresh', '--yes', '--no-git'],
  },
  TW2001: {
    before: [['plan', '.', '--out', './plan.json'], change('index.js', 'hi', 'ho')],
    words: ['apply', '.', '--plan', './plan.json', '--yes', '--allow-dirty'],
    steps: [['plan', '.', '--out', './plan.json']],
  },
  TW2002: {
    files: { 'package.json': '{"name":"a"}' },
    words: ['plan', '.'],
    steps: [['list'], write('package.json', shop['package.json'] ?? ''), write('index.js', server)],
  },
  TW2003: {
    files: {
      ...shop,
      'index.js': `require('dd-trace').init();\n${server}`,
      'package.json': '{"name":"a","scripts":{"start":"node index.js"},"dependencies":{"dd-trace":"5.0.0"}}',
    },
    words: ['plan', '.'],
    steps: [write('index.js', server), write('package.json', shop['package.json'] ?? '')],
  },
  TW2004: {
    before: [...committed, change('index.js', 'hi', 'ho')],
    words: ['apply', '.', '--yes'],
    steps: [git('commit', '-qam', 'mine')],
  },
  TW2009: { before: [...applied, change('index.js', 'hi', 'ho')], words: ['undo', '.', '--yes'], steps: [change('index.js', 'ho', 'hi')] },
  TW2011: { words: ['plan', '.', '--only', 'otel-lod'], steps: [['list']], again: ['plan', '.', '--only', 'otel-bootstrap,otel-load'] },
  TW2016: {
    before: [write('.tracewright/receipt.json', '{')],
    words: ['undo', '.', '--yes'],
    steps: [remove('.tracewright/receipt.json')],
    again: ['plan', '.'],
  },
  TW2020: {
    before: [write('plan.json', '[]')],
    words: ['apply', '.', '--plan', './plan.json', '--yes', '--allow-dirty'],
    steps: [['plan', '.', '--json', '>', 'plan.json']],
  },
  TW2024: {
    words: ['plan', '.', '--only', 'http-server-tracing'],
    steps: [],
    again: ['plan', '.', '--only', 'otel-bootstrap,http-server-tracing'],
  },
  TW2034: { before: applied, words: ['dismiss', 't-000000', '.', '--why', 'no'], steps: [['dismiss', '.']], again: ['dismiss', '.'] },
  TW2100: { words: ['check', '.'], steps: [['plan', '.'], ...applied] },
  TW2101: {
    before: [...committed, ...applied, git('add', '-A'), git('commit', '-qm', 'traced'), remove('.tracewright/receipt.json')],
    words: ['check', '.'],
    steps: [git('checkout', '--', '.tracewright/receipt.json')],
  },
  TW2102: {
    before: [...applied, change('package.json', /,?\n *"@tracewright\/middleware": "[^"]*"/, '')],
    words: ['check', '.'],
    steps: [['apply', '.', '--allow-dirty', '--yes']],
  },
  TW2103: {
    before: [...applied, change('index.js', /.*instrumentation.*\n/, '')],
    words: ['check', '.'],
    steps: [['apply', '.', '--allow-dirty', '--yes']],
  },
  TW2104: { before: [...applied, remove('instrumentation.cjs')], words: ['check', '.'], steps: [['apply', '.', '--allow-dirty', '--yes']] },
  TW2105: {
    before: [...applied, change('instrumentation.cjs', /$/, '// mine\n')],
    words: ['check', '.'],
    steps: [write('tracewright.yaml', 'version: 1\nservices: [{ name: shop }]\ncheck: { allow: [instrumentation.cjs] }\n')],
  },
  TW2108: {
    before: [...applied, (root) => write('lib/instrumentation.cjs', readFileSync(join(root, 'instrumentation.cjs'), 'utf8'))(root)],
    words: ['check', '.'],
    steps: [remove('lib/instrumentation.cjs')],
  },
  TW2109: {
    before: [
      ...committed,
      ...applied,
      git('add', '-A'),
      git('commit', '-qm', 'traced'),
      change('.tracewright/receipt.json', /"before": "[0-9a-f]{4}/, '"before": "0000'),
    ],
    words: ['check', '.'],
    steps: [git('checkout', '--', '.tracewright/receipt.json')],
    besides: ['undo'],
  },
  TW2110: {
    before: [...applied, write('sdk.js', "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK().start();\n")],
    words: ['check', '.'],
    steps: [remove('sdk.js')],
  },
  TW2112: {
    before: [...applied, write('span.js', "const { trace } = require('@opentelemetry/api');\ntrace.getTracer('a').startSpan('b');\n")],
    words: ['check', '.'],
    steps: [write('tracewright.yaml', 'version: 1\nservices: [{ name: shop }]\ncheck: { allow: [span.js] }\n')],
  },
  TW3001: {
    files: { 'package.json': '{"name":"a"}', 'otlp.js': otlp, 'lib.ts': 'export const a = 1;\n', '.tracewright/receipt.json': receipt },
    words: ['verify', '.'],
    steps: [write('index.js', traced), write('package.json', shop['package.json'] ?? '')],
  },
  TW3002: {
    files: { ...proven, 'package.json': '{"name":"a","scripts":{"start":"node index.js"},"dependencies":{"left-pad":"1"}}' },
    words: ['verify', '.'],
    steps: [write('node_modules/left-pad/index.js', '')],
  },
  TW3003: { files: { ...proven, 'index.js': 'throw new Error("no");\n' }, words: ['verify', '.'], steps: [write('index.js', traced)] },
  TW3004: {
    files: asking('GET /hello', 'command: node quiet.js, ready: { output: never }'),
    before: [write('quiet.js', traced)],
    words: ['verify', '.', '--timeout', '1'],
    steps: [write('tracewright.yaml', yaml('GET /hello'))],
  },
  TW3005: {
    files: asking('GET /hello', 'command: node index.js, port: 0'),
    before: [
      async (root) => {
        const taken = createServer().listen(0, '127.0.0.1');
        onTestFinished(() => void taken.close());
        await new Promise((resolve) => taken.once('listening', resolve));
        const address = taken.address();
        write(
          'tracewright.yaml',
          yaml('GET /hello', `command: node index.js, port: ${typeof address === 'object' ? address?.port : 0}`),
        )(root);
      },
    ],
    words: ['verify', '.'],
    steps: [write('tracewright.yaml', yaml('GET /hello'))],
  },
  TW3006: {
    files: { ...proven, 'tracewright.yaml': 'version: 2\n' },
    words: ['verify', '.'],
    steps: [write('tracewright.yaml', yaml('GET /hello'))],
  },
  TW3007: { files: asking('GET /hello'), words: ['verify', '.', '--frozen'], steps: [['record', '.']] },
  TW3008: {
    files: asking('GET /hello'),
    before: [['record', '.'], write('tracewright.yaml', yaml('GET /boom'))],
    words: ['verify', '.'],
    steps: [['verify', '.', '--update']],
  },
  TW3009: {
    files: asking('GET /hello'),
    before: committed,
    words: ['verify', '.', '--against', 'nothing'],
    steps: [],
    again: ['verify', '.', '--against', 'HEAD'],
  },
  TW3010: {
    files: asking('GET /hello', 'command: node index.js, build: node missing.js'),
    words: ['verify', '.'],
    steps: [write('missing.js', '')],
  },
  TW3013: {
    files: asking('GET /hello'),
    words: ['verify', '.', '--scenario', 'other'],
    steps: [],
    again: ['verify', '.', '--scenario', 'default'],
  },
  TW3015: {
    files: asking('GET /hello', 'command: no-such-program'),
    words: ['verify', '.'],
    steps: [write('tracewright.yaml', yaml('GET /hello'))],
  },
  TW3016: {
    files: { ...asking('GET /nowhere'), 'index.js': guarded },
    words: ['verify', '.'],
    steps: [['verify', '.', '--draft'], write('tracewright.yaml', yaml('GET /hello'))],
  },
  TW3050: {
    files: asking('GET /hello'),
    before: [write('.tracewright/golden/default.json', '{')],
    words: ['verify', '.'],
    steps: [['record', '.']],
  },
  TW4001: { files: shop, before: committed, words: ['tasks', 'status', '.'], steps: [['tasks', 'plan', '.']] },
  TW4012: { besides: ['tasks plan --repo a,b'], files: shop, words: ['tasks', 'plan', '.'], steps: committed },
};

/** Runs a command in this process; all that it says. `> file` keeps what it prints, as a shell does. */
async function run(words: readonly string[], root: string): Promise<{ exit: number; said: string }> {
  const said: string[] = [];
  const keep = ((text: string | Uint8Array): boolean => said.push(String(text)) > 0) as typeof process.stdout.write;
  const spies = [vi.spyOn(process.stdout, 'write').mockImplementation(keep), vi.spyOn(process.stderr, 'write').mockImplementation(keep)];
  try {
    const exit = await start(words.map((word) => (word === '.' ? root : word.startsWith('./') ? join(root, word.slice(2)) : word)));
    return { exit, said: said.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

async function take(step: Step, root: string): Promise<void> {
  if (typeof step === 'function') return void (await step(root));
  if (step.includes('--help')) return expect(helpFor(step, '0.0.0')).toContain('tracewright');
  const { exit, said } = await run(step.slice(0, step.includes('>') ? -2 : undefined), root);
  if (step.includes('>')) writeFileSync(join(root, step.at(-1) ?? ''), said);
  expect([exit, step.join(' '), exit === 0 ? '' : said]).toEqual([0, step.join(' '), '']);
}

/** The commands of ours that a sentence names, without what only a person knows. */
function commandsIn(sentence: string): readonly string[] {
  return [...sentence.matchAll(/`tracewright ([^`]+)`/g)].map(([, words = '']) => words.replace(/ [<>].*$/, '').trim());
}

/** What a case executes, as it is typed. */
function typed({ steps, again = [], besides = [], words }: Case): readonly string[] {
  return [
    ...steps.flatMap((step) => (typeof step === 'function' ? [] : [step.filter((word) => word !== '.').join(' ')])),
    again.filter((word) => word !== '.').join(' '),
    ...besides,
    words[0] ?? '',
  ];
}

process.stdout.setMaxListeners(0);
// These are the steps of a person: in CI `record` writes nothing.
vi.stubEnv('CI', '');

it.each(Object.entries(cases))('what %s says comes next leads on', { timeout: 120_000 }, async (code, each) => {
  const { files = shop, before = [], words, steps, again = words } = each;
  const { root, remove: clear } = tempRepo(files);
  onTestFinished(clear);
  for (const step of before) await take(step, root);
  const first = await run(words, root);
  expect(first.said).toContain(code);
  const { next } = catalogue[code as keyof typeof catalogue];
  const done = typed(each);
  for (const command of commandsIn(next)) {
    const [name = '', ...flags] = command.split(' ').filter((word) => word !== '.');
    if (name === '<command>') continue;
    expect(
      done.some((line) => line.startsWith(name) && flags.filter((flag) => flag.startsWith('--')).every((flag) => line.includes(flag))),
      command,
    ).toBe(true);
  }
  for (const step of steps) await take(step, root);
  const last = await run(again, root);
  expect(last.said).not.toMatch(new RegExp(`${code}\\b`));
});

it('names every code: executed here, executed by another test, or for a person to judge', () => {
  const known = [...Object.keys(cases), ...Object.keys(elsewhere), ...Object.keys(byAPerson)];
  expect(known.filter((code, at) => known.indexOf(code) !== at)).toEqual([]);
  expect(known.sort()).toEqual(Object.keys(catalogue).sort());
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../src/ast/index.ts';
import type { AddedPart } from '../../src/contract/index.ts';
import { applyPlan, undoApplied } from '../../src/engine/index.ts';
import { tasksOf } from '../../src/review/index.ts';
import { beginService, partKinds, planNewService, planPart } from '../../src/scaffold/index.ts';
import { makeFolder, readFolder, runCli } from '../harness/run-cli.ts';

function begin(template: string): string {
  const folder = makeFolder({});
  beginService(folder, planNewService(folder, { template, name: 'shop', node: '20' }).plan);
  return folder;
}

/** What a part changes: file -> text, and its tasks. */
function added(folder: string, asked: AddedPart): { readonly files: Readonly<Record<string, string>>; readonly tasks: readonly string[] } {
  const before = readFolder(folder);
  const { found, workbench } = planPart(folder, asked);
  applyPlan(folder, found.plan, { allowDirty: true }, workbench);
  const after = Object.entries(readFolder(folder)).filter(([file, text]) => before[file] !== text && !file.startsWith('.tracewright/'));
  for (const [file, text] of after) if (/\.[jt]s$/.test(file)) expect(sourceOf(file, text), file).toBeDefined();
  return { files: Object.fromEntries(after), tasks: tasksOf(found.plan).map(({ why }) => why) };
}

describe('a route stands beside the last one, in its manner', () => {
  test.each([
    [
      'express-ts',
      "  app.get('/items/:id', (request, response) => {\n    const { id } = request.params;\n    response.json({ id });\n  });\n",
    ],
    [
      'fastify-ts',
      "  app.get<{ Params: { id: string } }>('/items/:id', async (request) => {\n    const { id } = request.params;\n    return { id };\n  });\n",
    ],
    ['koa-ts', "  router.get('/items/:id', (ctx) => {\n    const id = ctx.params['id'];\n    ctx.body = { id };\n  });\n"],
    [
      'hono-ts',
      "  app.get('/items/:id', (context) => {\n    const id = context.req.param('id');\n    return context.json({ id });\n  });\n",
    ],
  ])('%s', (template, handler) => {
    const { files, tasks } = added(begin(template), { part: 'route', subject: '/items/:id' });
    expect(Object.keys(files)).toEqual(['src/app.ts', 'test/service.test.ts', 'tracewright.yaml']);
    expect(files['src/app.ts']).toContain(`\n\n${handler}\n`);
    expect(files['src/app.ts']?.indexOf(handler)).toBeGreaterThan(files['src/app.ts']?.indexOf("'/orders/:sku'") ?? 0);
    expect(files['tracewright.yaml']).toMatch(/status: 404 \}\n {6}- GET \/items\/1\n$/);
    expect(files['test/service.test.ts']).toContain("expect(await get('/items/1')).toEqual([200, { id: '1' }]);");
    expect(tasks).toEqual([]);
  });

  test('of another method, in a file of other habits', () => {
    const folder = begin('express-ts');
    const file = join(folder, 'src/app.ts');
    const text = readFileSync(file, 'utf8')
      .replaceAll(/\(_?request, response\)/g, '(req, res)')
      .replaceAll(/\b(?:_request|request)\b/g, 'req');
    writeFileSync(
      file,
      text
        .replaceAll(/\bresponse\b/g, 'res')
        .replaceAll("'", '"')
        .replaceAll(/;$/gm, ''),
    );
    const { files } = added(folder, { part: 'route', subject: 'POST /items' });
    expect(files['src/app.ts']).toContain('  app.post("/items", (_req, res) => {\n    res.json({ ok: true })\n  })\n');
    expect(Object.keys(files)).toEqual(['src/app.ts', 'tracewright.yaml']);
  });

  test('one that is there is said, and one without a framework is left to a person', () => {
    expect(added(begin('express-ts'), { part: 'route', subject: '/orders/:sku' })).toEqual({
      files: {},
      tasks: ['GET /orders/:sku is there already'],
    });
    const { files, tasks } = added(begin('http-js'), { part: 'route', subject: '/items/:id' });
    expect([Object.keys(files), tasks]).toEqual([['tracewright.yaml'], [expect.stringContaining('to put /items/:id beside')]]);
  });
});

test('a client has its setting in the three places, and says what is left', () => {
  const { files, tasks } = added(begin('express-ts'), { part: 'client', subject: 'billing' });
  expect(Object.keys(files)).toEqual(['.env.example', 'src/billing.ts', 'src/config.ts']);
  expect(files['src/config.ts']).toContain(
    "    billingUrl: urlOf('BILLING_URL', env['BILLING_URL'] ?? 'http://127.0.0.1:3002', faults),\n    drainMs",
  );
  expect(files['src/config.ts']).toContain('  readonly billingUrl: string;\n');
  expect(files['.env.example']).toContain('\nBILLING_URL=http://127.0.0.1:3002\n');
  expect(tasks).toEqual(['Nothing calls askBilling yet', 'No program called billing is started']);
  // The stock service is started already, so the client is told where.
  const other = added(begin('http-js'), { part: 'client', subject: 'stock-levels' });
  expect(other.files['src/stock-levels.js']).toContain('export async function askStockLevels(url, path) {');
});

test.each([
  [
    'job',
    'mails',
    'src/mails.ts',
    ['bullmq', 'bullmq-otel', 'ioredis', '@opentelemetry/instrumentation-ioredis'],
    'IORedisInstrumentation',
  ],
  ['producer', 'mails', 'src/mails.ts', ['amqplib', '@opentelemetry/instrumentation-amqplib'], 'AmqplibInstrumentation'],
  ['consumer', 'mails', 'src/mails-consumer.ts', ['amqplib', '@opentelemetry/instrumentation-amqplib'], 'AmqplibInstrumentation'],
] as const)('a %s brings its library, and the bootstrap traces it', (part, subject, file, libraries, instrumentation) => {
  for (const template of ['express-ts', 'koa-ts']) {
    const folder = begin(template);
    const { files } = added(folder, { part, subject });
    expect(Object.keys(files)).toEqual(['.env.example', file, 'instrumentation.mjs', 'package.json', 'src/config.ts'].sort());
    const { dependencies } = JSON.parse(files['package.json'] ?? '{}');
    for (const library of libraries) expect(dependencies[library], library).toMatch(/^\d+\.\d+\.\d+$/);
    expect(files['instrumentation.mjs']).toContain(`new ${instrumentation}()`);
    expect(files['instrumentation.mjs']).toContain("serviceName: 'shop'");
    if (template === 'koa-ts') expect(files['instrumentation.mjs']).toMatch(/include = \['koa', '(?:amqplib|ioredis)'\];/);
  }
});

test('a scenario of its own; an image and a collector where there are none, and those that are there are kept', () => {
  const folder = begin('express-ts');
  const asked = { part: 'test-with-golden-trace', subject: '/orders/tea' } as const;
  expect(added(folder, asked).files['tracewright.yaml']).toMatch(/\n {2}- name: get-orders-tea\n {4}requests:\n {6}- GET \/orders\/tea\n$/);
  expect(added(folder, asked)).toEqual({ files: {}, tasks: [expect.stringContaining('get-orders-tea')] });
  expect(added(folder, { part: 'dockerfile' }).tasks).toEqual(['There is a Dockerfile already; it is kept']);
  expect(added(folder, { part: 'collector' }).tasks).toEqual(['There is a compose file already; it is kept']);
});

test('undo takes back the last part and leaves the service; check stays green, also when its owner goes on', async () => {
  const cwd = begin('express-ts');
  const first = readFolder(cwd);
  added(cwd, { part: 'route', subject: '/items/:id' });
  const second = readFolder(cwd);
  const { files } = added(cwd, { part: 'client', subject: 'billing' });
  for (const file of Object.keys(files)) writeFileSync(join(cwd, file), `${files[file]}\n`);
  expect(await runCli(['check'], { cwd })).toMatchObject({ exit: 0 });
  for (const file of Object.keys(files)) writeFileSync(join(cwd, file), files[file] ?? '');
  undoApplied(cwd);
  expect(readFolder(cwd)).toEqual(second);
  undoApplied(cwd);
  expect(readFolder(cwd)).toEqual(first);
});

describe('what cannot be added is refused, and nothing is written', () => {
  test.each([
    ['an unknown part', ['add', 'rout', '/a'], 'TW1106', 'did you mean route?'],
    ['no part', ['add'], 'TW1072', 'a part is missing; there are route'],
    ['no subject', ['add', 'route'], 'TW1107', 'add route wants a path'],
    ['a subject that is none', ['add', 'route', 'items'], 'TW1107', "'items' is not a path"],
    ['a name that leads elsewhere', ['add', 'client', '../billing'], 'TW1107', 'is not the other service'],
    ['nobody who says yes', ['add', 'route', '/items'], 'TW1073', 'would change in .'],
  ])('%s', async (_name, words, code, says) => {
    const cwd = begin('express-ts');
    const before = readFolder(cwd);
    const { exit, stderr } = await runCli(words.includes('/items') ? [...words, '--allow-dirty'] : words, { cwd });
    expect([exit, stderr.startsWith(code), stderr.includes(says)], stderr).toEqual([2, true, true]);
    expect(readFolder(cwd)).toEqual(before);
  });

  test('a program that is not traced', async () => {
    const cwd = makeFolder({
      'package.json': '{ "name": "a", "dependencies": { "express": "5.3.0" } }\n',
      'app.js': "require('express')();\n",
    });
    const { exit, stderr } = await runCli(['add', 'route', '/items', '--yes'], { cwd });
    expect([exit, stderr.slice(0, 6)]).toEqual([2, 'TW1108']);
  });

  test('--list says what there is', async () => {
    const { stdout } = await runCli(['add', '--list', '--json'], { cwd: makeFolder({}) });
    expect(JSON.parse(stdout).parts.map(({ id }: { id: string }) => id)).toEqual(partKinds.map(({ id }) => id));
  });
});

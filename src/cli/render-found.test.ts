import { expect, test } from 'vitest';
import { memoryRepo } from '../../tests/harness/memory-repo.ts';
import { takeSurvey } from '../survey/index.ts';
import { openOutput } from './output.ts';
import { renderFound } from './render-found.ts';

const listens = "import http from 'node:http';\nhttp.createServer(() => {}).listen(3000);\n";

test.each([
  ['JavaScript by babel', { '.babelrc': '{}', 'src/index.js': listens }, 'babel src -d dist'],
  ['TypeScript by tsc', { 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}', 'src/index.ts': listens }, 'tsc'],
])('says %s', (said, files, build) => {
  const manifest = JSON.stringify({ name: 'a', scripts: { build, start: 'node dist/index.js' } });
  const survey = takeSurvey(memoryRepo({ 'package.json': manifest, ...files }));
  expect(renderFound(survey, [], openOutput(false))).toContain(said);
});

test('the module system is that of the programs', () => {
  const files = { 'package.json': '{ "name": "a", "scripts": { "start": "node server.mjs" } }', 'server.mjs': listens };
  expect(renderFound(takeSurvey(memoryRepo(files)), [], openOutput(false))).toMatch(/code +ES modules/);
});

test('a tracer that is declared in many packages is one line', () => {
  const dependencies = { '@opentelemetry/api': '1.9.1', '@opentelemetry/core': '2.12.0', '@opentelemetry/resources': '2.12.0' };
  const files = { 'package.json': JSON.stringify({ name: 'a', scripts: { start: 'node a.mjs' }, dependencies }), 'a.mjs': listens };
  const found = renderFound(takeSurvey(memoryRepo(files)), [], openOutput(false));
  expect(found.match(/opentelemetry \(declared\)/g)).toHaveLength(1);
});

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

import { expect, it } from 'vitest';
import { takeSurvey } from '../../src/survey/index.ts';
import { memoryRepo } from '../../tests/harness/memory-repo.ts';
import codemod from './codemod.ts';

const manifest = { name: 'shop', private: true, scripts: { start: 'node server.js' }, engines: { node: '>=20.6' } };
const get = "fetch('http://localhost/');\n";

/** What is said of a program whose first file has this text. */
function said(server: string, files: Record<string, string> = {}): string {
  const repo = memoryRepo({
    'package.json': JSON.stringify(manifest),
    'server.js': `${server}require('http').createServer().listen(0);\n`,
    ...files,
  });
  const found = codemod.detect(repo, takeSurvey(repo));
  return found.status === 'satisfied' ? found.why : found.status;
}

it('counts as traced what a program loads for sure', () => {
  const files = { 'lib/a.js': get, 'public/browser.js': get };
  expect(said("require('./lib/a');\n", files)).toBe(
    'The one outgoing HTTP call gets a CLIENT span: fetch 1 (lib/a.js). Not counted, because no traced program loads the file: fetch 1 (public/browser.js).',
  );
  expect(said("require('./lib/a');\nrequire(process.env.PLUGIN);\n", files)).toBe(
    'The one outgoing HTTP call gets a CLIENT span: fetch 1 (lib/a.js). Not certain to be loaded, traced where a traced program loads the file: fetch 1 (public/browser.js).',
  );
  expect(said('require(process.env.PLUGIN);\n', files)).toMatch(
    /^No outgoing HTTP call was found in what the programs load for sure\. Not certain/,
  );
});

it('names a few files of many', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const files = Object.fromEntries(names.map((name) => [`lib/${name}.js`, get]));
  expect(said(names.map((name) => `require('./lib/${name}');\n`).join(''), files)).toBe(
    'All 6 outgoing HTTP calls get CLIENT spans: fetch 6 (lib/a.js 1, lib/b.js 1, lib/c.js 1, lib/d.js 1, 2 more files).',
  );
});

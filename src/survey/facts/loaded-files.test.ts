import { expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import { loadedFiles } from './loaded-files.ts';

const files = { 'lib/a.js': "require('./b')", 'lib/b.js': '', 'lib/unused.js': '', 'models/user.js': '', 'views.json': '{}' };

function loaded(server: string, more: Record<string, string> = {}): readonly string[] | undefined {
  const found = loadedFiles(memoryRepo({ ...files, ...more, 'server.js': server }), ['server.js'], '');
  return found && [...found].sort();
}

it('follows what the texts name, circles too', () => {
  const graph = ['lib/a.js', 'lib/b.js', 'server.js'];
  expect(loaded("require('./lib/a'); require('express'); require('./views.json')")).toEqual([...graph, 'views.json']);
  expect(loaded("import a from './lib/a.js';\nexport * from './lib/b.js'")).toEqual(graph);
  expect(loaded("await import('./lib/a.js')")).toEqual(graph);
  expect(loaded("require('./lib/a')", { 'lib/b.js': "require('./a'); require('../server')" })).toEqual(graph);
  expect(loaded("// require(name)\nrequire('./lib/a')")).toEqual(graph);
});

it.each([
  'require(name)',
  "require('./lib/' + name)",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
  'require(`./lib/${name}`)',
  'import(path)',
  "fs.readdirSync(__dirname).forEach((file) => require('./lib/a'))",
  "glob.sync('lib/*.js').forEach(require)",
  "app.register(require('@fastify/autoload'), {})",
  "require('./not/there')",
  "require('@/lib/a')",
  "require('models/user')",
  "import x from '#lib/a'",
])('does not know what %s loads', (server) => {
  expect(loaded(server)).toBeUndefined();
});

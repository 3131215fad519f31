import { expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import { takeSurvey } from '../index.ts';

const server = "import { createServer } from 'node:http';\ncreateServer(() => {}).listen(3000);\n";

function entriesOf(start: string, text: string): readonly string[] {
  const files = {
    'package.json': `${JSON.stringify({ name: 'shop', scripts: { start: `node ${start}`, dev: 'ts-node src/main.ts', api: 'ts-node src/api.ts' } }, null, 2)}\n`,
    'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "outDir": "dist", "rootDir": "src" } }\n',
    'src/main.ts': server,
    'src/api.ts': server,
    'src/other.ts': server,
    [start]: text,
  };
  return takeSurvey(memoryRepo(files)).services.flatMap(({ entries }) => entries.map(({ file }) => file));
}

it.each([
  ['index.js', "require('ts-node/register');\nrequire('./src/main');\n"],
  ['index.js', "#!/usr/bin/env node\n'use strict'\nrequire('dotenv').config()\nmodule.exports = require('./dist/main.js')\n"],
  ['docker/entrypoint-api.js', "const { spawn } = require('child_process');\nspawn('node', ['dist/main.js'], { stdio: 'inherit' });\n"],
])('%s that only starts another entry is no entry of its own: %s', (start, text) => {
  expect(entriesOf(start, text)).toEqual(['src/main.ts', 'src/api.ts']);
});

it.each([
  ['index.js', "const http = require('http');\nrequire('./src/main');\nhttp.get('http://127.0.0.1');\n"],
  ['index.js', "require('pg');\nrequire('./src/main');\n"],
  ['index.js', "require('./src/main');\nrequire('./src/api');\n"],
  ['index.js', "require('ts-node/register');\nrequire('./src/other');\n"],
  ['run.js', "const { fork } = require('child_process');\nfork('src/main.ts');\nfork('src/api.ts');\n"],
  ['run.js', "require('child_process').fork('src/main.ts');\nrequire('http').createServer(() => {}).listen(3001);\n"],
])('%s that does more than that stays one: %s', (start, text) => {
  expect(entriesOf(start, text)).toEqual([start, 'src/main.ts', 'src/api.ts']);
});

const monorepo = {
  'package.json': '{ "name": "shop", "workspaces": ["services/*", "packages/*"], "scripts": { "start": "node start.js" } }\n',
  'start.js':
    "const { spawn } = require('node:child_process');\nfor (const file of ['services/orders/main.js', 'services/stock/main.js'])\n  spawn(process.execPath, [file]);\n",
  'packages/kit/package.json': '{ "name": "kit", "version": "1.0.0", "main": "index.js" }\n',
  'packages/kit/index.js': "exports.serve = (app) => require('node:http').createServer(app).listen(process.env.PORT);\n",
  'services/orders/package.json': '{ "name": "orders", "scripts": { "start": "node main.js" }, "dependencies": { "kit": "1.0.0" } }\n',
  'services/orders/main.js': "require('kit').serve((_request, response) => response.end());\n",
  'services/stock/package.json': '{ "name": "stock", "scripts": { "start": "node main.js" }, "dependencies": { "kit": "1.0.0" } }\n',
  'services/stock/main.js': "require('kit').serve((_request, response) => response.end());\n",
};

it('of a monorepo neither what starts its services nor the package that they listen with is a service', () => {
  const { services } = takeSurvey(memoryRepo(monorepo));
  expect(services.map(({ package: dir }) => dir)).toEqual(['services/orders', 'services/stock']);
});

it('a package that nobody loads and that listens is one', () => {
  const { 'services/orders/package.json': _orders, 'services/stock/package.json': _stock, ...alone } = monorepo;
  expect(takeSurvey(memoryRepo(alone)).services.map(({ package: dir }) => dir)).toContain('packages/kit');
});

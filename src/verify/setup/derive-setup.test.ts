import { describe, expect, it } from 'vitest';
import type { Route } from '../../contract/index.ts';
import { makeRepo } from '../fixtures/test-repo.ts';
import { deriveSetup } from './derive-setup.ts';

const server = "require('http').createServer().listen(3000)";
const summary = (root: string): unknown =>
  deriveSetup(root, []).services.map(({ name, dir, command, build, choosePort }) => ({ name, dir, command, build, choosePort }));

describe('deriveSetup', () => {
  it('starts the entry itself where the start script leaves it to a daemon', () => {
    const root = makeRepo({
      'package.json': JSON.stringify({ name: 'p', scripts: { start: 'pm2 start server.js' } }),
      'server.js': server,
    });
    expect(summary(root)).toEqual([{ name: 'p', dir: '', command: 'node server.js', build: undefined, choosePort: true }]);
  });

  it('runs the words of a CMD in exec form', () => {
    const root = makeRepo(
      {
        'package.json': '{"name":"p"}',
        Dockerfile: 'FROM node:20\nCOPY . .\nCMD ["node", "--title=a b", "server.js"]\n',
        'server.js': server,
      },
      'none',
    );
    expect(deriveSetup(root, []).services.map(({ command }) => command)).toEqual(["node '--title=a b' server.js"]);
  });

  it('starts the entry itself where an exec form names a path of the image', () => {
    const root = makeRepo(
      {
        'package.json': '{"name":"p"}',
        Dockerfile: 'FROM node:20\nWORKDIR /usr/src/app\nCOPY . .\nENTRYPOINT ["bash","/usr/src/app/start.sh"]\n',
        'start.sh': 'exec node server.js\n',
        'server.js': server,
      },
      'none',
    );
    expect(deriveSetup(root, []).services.map(({ command }) => command)).toEqual(['node server.js']);
  });

  it('builds the packages of the workspace that a service needs first', () => {
    const compiled = (name: string, dependencies: Record<string, string>, scripts = {}): Record<string, string> => ({
      [`packages/${name}/package.json`]: JSON.stringify({
        name: `@p/${name}`,
        main: 'dist/index.js',
        scripts: { build: 'tsc', ...scripts },
        dependencies,
        devDependencies: { typescript: '5.0.0' },
      }),
      [`packages/${name}/tsconfig.json`]: '{"compilerOptions":{"outDir":"dist","rootDir":"src","module":"commonjs"}}',
      [`packages/${name}/src/index.ts`]: "import http from 'http'; http.createServer().listen(3001);",
    });
    const root = makeRepo(
      {
        'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
        ...compiled('api', { '@p/http': '*', '@p/plain': '*' }, { start: 'node dist/index.js' }),
        ...compiled('http', { '@p/log': '*' }),
        ...compiled('log', { '@p/http': '*' }),
        ...compiled('unused', {}),
        'packages/plain/package.json': JSON.stringify({ name: '@p/plain', main: 'index.js' }),
      },
      'none',
    );
    const api = deriveSetup(root, []).services.find(({ dir }) => dir === 'packages/api');
    expect(api?.build).toBe('(cd ../log && npm run --silent build) && (cd ../http && npm run --silent build) && npm run --silent build');
  });

  it('gives several services their own ports, and builds what is compiled', () => {
    const root = makeRepo(
      {
        'package.json': JSON.stringify({ private: true, workspaces: ['services/*'] }),
        'services/a/package.json': JSON.stringify({ name: 'a', scripts: { start: 'node index.js' } }),
        'services/a/index.js': server,
        'services/b/package.json': JSON.stringify({
          name: 'b',
          scripts: { start: 'node dist/index.js', build: 'tsc' },
          devDependencies: { typescript: '5.0.0' },
        }),
        'services/b/tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src","module":"commonjs"}}',
        'services/b/src/index.ts': "import http from 'http'; http.createServer().listen(3001);",
      },
      'none',
    );
    expect(summary(root)).toEqual([
      { name: 'a', dir: 'services/a', command: 'npm start --silent', build: undefined, choosePort: false },
      { name: 'b', dir: 'services/b', command: 'npm start --silent', build: 'npm run --silent build', choosePort: false },
    ]);
  });

  const alone = { 'package.json': JSON.stringify({ name: 'p', scripts: { start: 'node server.js' } }), 'server.js': server };
  const route = (label: string): Route => {
    const [method = '', path = ''] = label.split(' ');
    return { service: 'p', method, path, evidence: { file: 'server.js', line: 1 } };
  };
  const guess = 'No parameterless GET route was known, so only GET / was asked; name requests in tracewright.yaml.';

  it.each<[readonly string[], readonly string[], readonly string[]]>([
    [[], ['/'], [guess]],
    [['GET /'], ['/'], []],
    [['GET /', 'POST /x'], ['/'], ['1 route was not asked (POST /x); name requests in tracewright.yaml.']],
    [['GET /y/:id', 'POST /'], ['/'], [guess, '2 routes were not asked (GET /y/:id, POST /); name requests in tracewright.yaml.']],
    [
      ['GET /a', 'POST /b', 'POST /c', 'POST /d', 'POST /e', 'POST /f', 'PUT /g'],
      ['/a'],
      ['6 routes were not asked (POST /b, POST /c, POST /d, POST /e, POST /f and 1 more); name requests in tracewright.yaml.'],
    ],
  ])('says of %s what nobody asked', (labels, paths, notes) => {
    const setup = deriveSetup(makeRepo(alone), labels.map(route));
    expect(setup.scenarios[0]?.requests.map(({ path }) => path)).toEqual(paths);
    expect(setup.notes).toEqual(notes);
  });
  const docker = { 'package.json': '{"name":"p"}', Dockerfile: 'FROM node:20\nCOPY . .\nCMD ["node", "gone/server.js"]\n' };

  it.each([
    [{ 'package.json': '{\n"scripts": {\n"start": "node missing.js" } }' }, 'start: `missing.js` (package.json:3)'],
    [docker, 'Dockerfile: `gone/server.js` (Dockerfile:3)'],
  ])('names the launch whose file is not there', (files, detail) => {
    expect(() => deriveSetup(makeRepo(files, 'none'), [])).toThrow(expect.objectContaining({ code: 'TW1010', detail }));
  });

  it('writes the node that an image puts before its command', () => {
    const image = {
      'package.json': '{"name":"p"}',
      'server.js': server,
      Dockerfile: 'FROM node:20\nCOPY . .\nCMD ["--no-warnings", "server.js"]\n',
    };
    expect(deriveSetup(makeRepo(image, 'none'), []).services.map(({ command }) => command)).toEqual(['node --no-warnings server.js']);
  });

  it('says which launch it did not use because its file is not there', () => {
    const setup = deriveSetup(makeRepo({ ...docker, 'index.js': server }, 'none'), []);
    expect(setup.services.map(({ command }) => command)).toEqual(['node index.js']);
    expect(setup.notes[0]).toBe(
      'A start command names a file that does not exist: Dockerfile: `gone/server.js` (Dockerfile:3); it was not started.',
    );
  });
});

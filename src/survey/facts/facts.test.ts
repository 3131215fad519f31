import { describe, expect, it } from 'vitest';
import { memoryRepo } from '../../../tests/harness/memory-repo.ts';
import type { Entry, NodeTarget, Package, Survey, Telemetry } from '../../contract/index.ts';
import { dependsOn, moduleSystemOf, packageOf, parseNodeVersion, serviceOf, takeSurvey, versionOf } from '../index.ts';

const server = "require('http').createServer(() => {}).listen(3000);\n";
const esmServer = "import http from 'node:http';\nhttp.createServer(() => {}).listen(3000);\n";

function survey(files: Record<string, string | object>): Survey {
  return takeSurvey(
    memoryRepo(
      Object.fromEntries(
        Object.entries(files).map(([file, text]) => [file, typeof text === 'string' ? text : JSON.stringify(text, null, 2)]),
      ),
    ),
  );
}

function only(files: Record<string, string | object>): Package {
  const [first] = survey(files).packages;
  if (!first) throw new Error('no package');
  return first;
}

describe('packages', () => {
  it('knows roots and members of npm, pnpm and lerna workspaces', () => {
    const roots = (files: Record<string, string | object>): string[] =>
      survey(files).packages.map((each) => `${each.dir || '.'} in ${each.root || '.'}${each.workspaceRoot ? ' *' : ''}`);
    const members = { 'apps/a/package.json': {}, 'libs/b/package.json': {}, 'tools/c/package.json': {} };
    expect(roots({ 'package.json': { workspaces: ['apps/*', 'libs/**'] }, ...members })).toEqual([
      'apps/a in .',
      'libs/b in .',
      '. in . *',
      'tools/c in tools/c',
    ]);
    expect(roots({ 'package.json': { workspaces: { packages: ['apps/*'] } }, ...members })).toContain('apps/a in .');
    expect(
      roots({ 'package.json': {}, 'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n  - '!apps/a'\n  - tools/**\n", ...members }),
    ).toEqual(['apps/a in apps/a', 'libs/b in libs/b', '. in . *', 'tools/c in .']);
    expect(roots({ 'package.json': {}, 'lerna.json': { packages: ['libs/*'] }, ...members })).toContain('libs/b in .');
  });

  it('takes a plain folder with several packages', () => {
    const found = survey({
      'cart/package.json': { name: 'cart' },
      'cart/server.js': server,
      'user/package.json': {},
      'user/server.js': server,
    });
    expect(found.services.map((each) => `${each.name} ${each.package} ${each.entries[0]?.file}`)).toEqual([
      'cart cart cart/server.js',
      'user user user/server.js',
    ]);
    expect(packageOf(found, 'cart/lib/x.js')?.name).toBe('cart');
    expect(serviceOf(found, 'user/lib/x.js')?.name).toBe('user');
  });

  it('reports a broken package.json with its line and goes on', () => {
    const found = survey({ 'a/package.json': '{\n  "name": "a",\n  oops\n}', 'b/package.json': { name: 'b' } });
    expect(found.packages.map((each) => each.name)).toEqual(['b']);
    expect(found.problems.map((each) => [each.code, each.evidence])).toEqual([['TW1003', { file: 'a/package.json', line: 3 }]]);
  });

  it('goes on after broken YAML, Dockerfiles, tsconfigs and lock files', () => {
    const found = survey({
      'package.json': { name: 'a', scripts: { start: 'node a.js' } },
      'a.js': server,
      'docker-compose.yml': 'services:\n  web: [\n',
      Dockerfile: 'FORM node:20\nCMD ["node"\n',
      'tsconfig.json': '{ "compilerOptions": { "outDir" } }',
      'package-lock.json': '{',
    });
    expect(found.services.map((each) => each.name)).toEqual(['a']);
    expect([...new Set(found.problems.map((each) => each.code))].toSorted()).toEqual(['TW1004', 'TW1005', 'TW1006', 'TW1009']);
  });

  it('survives a BOM and gives lines', () => {
    const found = only({ 'package.json': '\uFEFF{\n  "name": "a",\n  "dependencies": {\n    "express": "^4.0.0"\n  }\n}\n' });
    expect(found.dependencies).toEqual([
      { name: 'express', section: 'dependencies', range: '^4.0.0', evidence: { file: 'package.json', line: 4 } },
    ]);
  });
});

describe('resolved versions', () => {
  const manifest = { name: 'a', dependencies: { express: '^4.17.1', '@scope/x': '~1.0.0' } };
  const yarn1 =
    '# yarn lockfile v1\n\n\n"@scope/x@~1.0.0":\n  version "1.0.9"\n  resolved "https://x"\n\nexpress@^4.0.0, express@^4.17.1:\n  version "4.18.2"\n  dependencies:\n    debug "2.6.9"\n';
  const berry =
    '__metadata:\n  version: 8\n\n"@scope/x@npm:~1.0.0":\n  version: 1.0.9\n  resolution: "@scope/x@npm:1.0.9"\n\n"express@npm:^4.0.0, express@npm:^4.17.1":\n  version: 4.18.2\n  resolution: "express@npm:4.18.2"\n';
  const locks: [name: string, file: string, text: string | object][] = [
    [
      'npm 1',
      'package-lock.json',
      { lockfileVersion: 1, dependencies: { express: { version: '4.18.2' }, '@scope/x': { version: '1.0.9' } } },
    ],
    [
      'npm 2',
      'package-lock.json',
      {
        lockfileVersion: 2,
        packages: { '': {}, 'node_modules/express': { version: '4.18.2' }, 'node_modules/@scope/x': { version: '1.0.9' } },
        dependencies: {},
      },
    ],
    [
      'npm 3',
      'npm-shrinkwrap.json',
      { lockfileVersion: 3, packages: { 'node_modules/express': { version: '4.18.2' }, 'node_modules/@scope/x': { version: '1.0.9' } } },
    ],
    ['yarn 1', 'yarn.lock', yarn1],
    ['yarn 1 with CRLF', 'yarn.lock', yarn1.replaceAll('\n', '\r\n')],
    ['yarn berry', 'yarn.lock', berry],
    [
      'pnpm 5',
      'pnpm-lock.yaml',
      "lockfileVersion: 5.4\n\nspecifiers:\n  express: ^4.17.1\n\ndependencies:\n  express: 4.18.2\n  '@scope/x': 1.0.9_react@18.0.0\n\npackages:\n\n  /express/4.18.2:\n    resolution: {}\n",
    ],
    [
      'pnpm 6',
      'pnpm-lock.yaml',
      "lockfileVersion: '6.0'\n\ndependencies:\n  express:\n    specifier: ^4.17.1\n    version: 4.18.2\n  '@scope/x':\n    specifier: ~1.0.0\n    version: 1.0.9(react@18.0.0)\n\npackages:\n",
    ],
    [
      'pnpm 9',
      'pnpm-lock.yaml',
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      express:\n        specifier: ^4.17.1\n        version: 4.18.2\n      '@scope/x':\n        specifier: ~1.0.0\n        version: 1.0.9(react@18.0.0)\n\npackages:\n",
    ],
  ];

  it.each(locks)('%s', (_name, file, text) => {
    const found = only({ 'package.json': manifest, [file]: text });
    expect([versionOf(found, 'express'), versionOf(found, '@scope/x')]).toEqual(['4.18.2', '1.0.9']);
    expect(dependsOn(found, 'koa')).toBe(false);
    expect(found.lockfiles).toEqual([file]);
  });

  it('finds the copy nearest to a workspace, in the lock file of the root', () => {
    const found = survey({
      'package.json': { workspaces: ['apps/*'] },
      'apps/a/package.json': manifest,
      'package-lock.json': {
        lockfileVersion: 3,
        packages: {
          'node_modules/express': { version: '5.0.0' },
          'apps/a/node_modules/express': { version: '4.18.2' },
          'node_modules/@scope/x': { resolved: 'libs/x', link: true },
        },
      },
    });
    const [app] = found.packages;
    expect(app && [versionOf(app, 'express'), versionOf(app, '@scope/x'), app.packageManager, app.lockfiles]).toEqual([
      '4.18.2',
      undefined,
      'npm',
      ['package-lock.json'],
    ]);
  });

  it('reads pnpm importers of a workspace', () => {
    const lock =
      "lockfileVersion: '9.0'\nimporters:\n  apps/a:\n    dependencies:\n      express:\n        specifier: ^4.17.1\n        version: 4.18.2\n      '@scope/x':\n        specifier: workspace:*\n        version: link:../../libs/x\npackages: {}\n";
    const [app] = survey({
      'package.json': {},
      'pnpm-workspace.yaml': 'packages: [apps/*]\n',
      'apps/a/package.json': manifest,
      'pnpm-lock.yaml': lock,
    }).packages;
    expect(app && [versionOf(app, 'express'), versionOf(app, '@scope/x'), app.packageManager]).toEqual(['4.18.2', undefined, 'pnpm']);
  });

  it('prefers the lock file of the stated package manager, else says that there are several', () => {
    const locked = { 'yarn.lock': yarn1, 'package-lock.json': { lockfileVersion: 1, dependencies: { express: { version: '4.0.0' } } } };
    expect(versionOf(only({ 'package.json': { ...manifest, packageManager: 'npm@10.0.0' }, ...locked }), 'express')).toBe('4.0.0');
    expect(survey({ 'package.json': manifest, ...locked }).problems.map((each) => each.code)).toEqual(['TW1013']);
  });
});

describe('Node target', () => {
  const target = (files: Record<string, string | object>): NodeTarget | undefined => only({ 'package.json': { name: 'a' }, ...files }).node;
  const short = (files: Record<string, string | object>): string => {
    const found = target(files);
    return found ? `${found.minimum} ${found.range} ${found.evidence.file}:${found.evidence.line}` : 'none';
  };

  it.each([
    ['FROM node:20-alpine', '20 20.x Dockerfile:1'],
    ['FROM node:18.19.1-bookworm-slim', '18.19.1 18.19.1 Dockerfile:1'],
    ['FROM node:iron-alpine', '20 20.x Dockerfile:1'],
    ['FROM node:lts', '24 >=24 Dockerfile:1'],
    ['FROM --platform=linux/amd64 public.ecr.aws/docker/library/node:16@sha256:abc', '16 16.x Dockerfile:1'],
    ['FROM gcr.io/distroless/nodejs20-debian12', '20 20.x Dockerfile:1'],
    [`ARG NODE_VERSION=14.17\nFROM node:\${NODE_VERSION}-alpine`, '14.17 14.17.x Dockerfile:2'],
    ['FROM node:20 AS build\nFROM node:12', '12 12.x Dockerfile:2'],
    ['FROM node:20 AS base\nRUN x\nFROM base AS prod\nFROM prod', '20 20.x Dockerfile:1'],
    ['FROM nginx:1.2', 'none'],
  ])('%j', (text, expected) => {
    expect(short({ Dockerfile: `${text}\n` })).toBe(expected);
  });

  it.each([
    [{ '.nvmrc': 'v18.12.0\n' }, '18.12.0 18.12.0 .nvmrc:1'],
    [{ '.nvmrc': 'lts/gallium\n' }, '16 16.x .nvmrc:1'],
    [{ '.node-version': '20\n' }, '20 20.x .node-version:1'],
    [{ 'package.json': { volta: { node: '16.14.0' }, engines: { node: '>=12' } } }, '16.14.0 16.14.0 package.json:3'],
    [{ 'package.json': { engines: { node: '>=6' } } }, '6 >=6 package.json:3'],
    [{ 'package.json': { engines: { node: '=v16.20.2' } } }, '16.20.2 16.20.2 package.json:3'],
    [{ 'package.json': { engines: { node: '14.x' } } }, '14 14.x package.json:3'],
    [{ 'package.json': { engines: { node: '^18.17.0 || >=20.3.0' } } }, '18.17.0 ^18.17.0 || >=20.3.0 package.json:3'],
    [{ '.tool-versions': 'ruby 3\nnodejs 18.1.0\n' }, '18.1.0 18.1.0 .tool-versions:2'],
    [
      { '.github/workflows/ci.yml': 'jobs:\n  test:\n    strategy:\n      matrix:\n        node-version: [20.x, 18.x]\n    steps: []\n' },
      '18 18.x .github/workflows/ci.yml:5',
    ],
    [{ '.travis.yml': 'language: node_js\nnode_js:\n  - "node"\n  - "18"\n' }, '18 18.x .travis.yml:4'],
    [{ '.travis.yml': 'node_js: 16\n' }, '16 16.x .travis.yml:1'],
    [{ '.circleci/config.yml': 'jobs:\n  test:\n    docker:\n      - image: cimg/node:20.11\n' }, '20.11 20.11.x .circleci/config.yml:4'],
    [{ '.gitlab-ci.yml': 'image: node:20\ntest:\n  image: { name: "node:18-slim" }\n' }, '18 18.x .gitlab-ci.yml:3'],
    [{ 'azure-pipelines.yml': 'steps:\n- task: NodeTool@0\n  inputs:\n    versionSpec: 18.x\n' }, '18 18.x azure-pipelines.yml:4'],
    [
      { '.devcontainer/devcontainer.json': '{ "image": "mcr.microsoft.com/devcontainers/javascript-node:20" }' },
      '20 20.x .devcontainer/devcontainer.json:1',
    ],
    [
      { '.devcontainer/devcontainer.json': '{ "image": "mcr.microsoft.com/devcontainers/typescript-node:1-20-bookworm" }' },
      '20 20.x .devcontainer/devcontainer.json:1',
    ],
    [
      { '.devcontainer/devcontainer.json': '{ "image": "mcr.microsoft.com/vscode/devcontainers/typescript-node:0-18" }' },
      '18 18.x .devcontainer/devcontainer.json:1',
    ],
    [
      { '.devcontainer/devcontainer.json': '{ "image": "mcr.microsoft.com/devcontainers/javascript-node:4" }' },
      '24 >=24 .devcontainer/devcontainer.json:1',
    ],
    [{ 'mise.toml': '[tools]\npython = "3"\nnode = "22"\n' }, '22 22.x mise.toml:3'],
    [{ Dockerfile: 'FROM node:alpine\n', 'package.json': { engines: { node: '>=18' } } }, '18 >=18 package.json:3'],
    [{ Dockerfile: 'FROM node:lts\n', '.travis.yml': 'node_js: ["18"]\n' }, '18 18.x .travis.yml:1'],
    [{ Dockerfile: 'FROM node:lts\n', 'package.json': { engines: { node: '>=6' } } }, '24 >=24 Dockerfile:1'],
    [{ '.nvmrc': 'lts/*\n', 'package.json': { engines: { node: '>=20.6' } } }, '20.6 >=20.6 package.json:3'],
    [{}, 'none'],
  ])('%j', (files, expected) => {
    expect(short(files)).toBe(expected);
  });

  it('keeps the strongest evidence and names what disagrees', () => {
    const files = { Dockerfile: 'FROM node:20\n', '.nvmrc': '16\n', 'package.json': { engines: { node: '>=14' } } };
    expect(target(files)?.conflicts).toEqual([{ value: '16', evidence: { file: '.nvmrc', line: 1 } }]);
    expect(survey(files).problems.map((each) => each.code)).toEqual(['TW1008']);
  });

  it('says so when an image has no version and something else decides', () => {
    const found = survey({
      Dockerfile: 'FROM node:alpine\n',
      'package.json': { engines: { node: '>=18' } },
      '.travis.yml': 'node_js: ["18"]\n',
    });
    expect(found.problems).toEqual([
      {
        code: 'TW1008',
        detail: '>=18 (package.json:3) was used; node:alpine is stated in Dockerfile:1',
        evidence: { file: 'Dockerfile', line: 1 },
      },
    ]);
  });

  it('reports what it cannot understand', () => {
    expect(survey({ 'package.json': { name: 'a' }, '.nvmrc': 'whatever\n' }).problems.map((each) => each.code)).toEqual(['TW1014']);
    expect(parseNodeVersion('lts/*')?.minimum).toBe('24');
    expect(parseNodeVersion('*')).toBeUndefined();
  });
});

describe('entries and builds', () => {
  const entry = (files: Record<string, string | object>): string => {
    const [found]: readonly Entry[] = survey(files).services.flatMap((each) => each.entries);
    return found ? `${found.file} ${found.language} ${found.syntax} -> ${found.runsAs}` : 'none';
  };
  const start = (command: string, more: object = {}): object => ({ name: 'a', ...more, scripts: { start: command, build: 'tsc' } });
  const ts = { 'src/index.ts': esmServer };

  it.each<[string, Record<string, string | object>, string]>([
    ['CommonJS', { 'package.json': start('node a.js'), 'a.js': server }, 'a.js javascript require -> commonjs'],
    ['type module', { 'package.json': start('node a.js', { type: 'module' }), 'a.js': esmServer }, 'a.js javascript import -> esm'],
    ['mjs', { 'package.json': start('node a.mjs'), 'a.mjs': esmServer }, 'a.mjs javascript import -> esm'],
    [
      'cjs in a module package',
      { 'package.json': start('node a.cjs', { type: 'module' }), 'a.cjs': server },
      'a.cjs javascript require -> commonjs',
    ],
    ['ES syntax behind esm', { 'package.json': start('node -r esm a.js'), 'a.js': esmServer }, 'a.js javascript import -> commonjs'],
    ['ES syntax alone', { 'package.json': start('node a.js'), 'a.js': esmServer }, 'a.js javascript import -> esm'],
    [
      'tsc',
      {
        'package.json': start('node dist/index.js'),
        'tsconfig.json': { compilerOptions: { module: 'CommonJS', outDir: 'dist', rootDir: './src' } },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'tsc without rootDir',
      {
        'package.json': start('node dist/index'),
        'tsconfig.json': { compilerOptions: { outDir: './dist' }, include: ['src/**/*'] },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'dist/src',
      { 'package.json': start('node dist/src/index.js'), 'tsconfig.json': { compilerOptions: { outDir: './dist', rootDir: '.' } }, ...ts },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'extends',
      {
        'package.json': start('node out/index.js'),
        'base.json': '{ /* base */ "compilerOptions": { "outDir": "out", "module": "esnext", }, }',
        'tsconfig.json': { extends: './base' },
        ...ts,
      },
      'src/index.ts typescript import -> esm',
    ],
    [
      'nodenext in a module package',
      {
        'package.json': start('node dist/index.js', { type: 'module' }),
        'tsconfig.json': { compilerOptions: { outDir: 'dist', module: 'NodeNext' } },
        ...ts,
      },
      'src/index.ts typescript import -> esm',
    ],
    [
      'nodenext without type',
      { 'package.json': start('node dist/index.js'), 'tsconfig.json': { compilerOptions: { outDir: 'dist', module: 'NodeNext' } }, ...ts },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'tsconfig.build.json',
      {
        'package.json': start('node lib/index.js'),
        'tsconfig.json': { compilerOptions: { noEmit: true } },
        'tsconfig.build.json': { extends: './tsconfig.json', compilerOptions: { noEmit: false, outDir: 'lib', rootDir: 'src' } },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'committed dist',
      {
        'package.json': start('node dist/index.js'),
        'dist/index.js': server,
        'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    ...(
      [
        ['esbuild --outfile', 'esbuild src/index.ts --bundle --platform=node --outfile=./dist/index.js && cp a b'],
        ['esbuild --outdir', 'rm -rf dist && esbuild --bundle --platform=node --outdir=dist src/index.ts'],
        ['ncc', 'ncc build ./src/index.ts -o dist --minify'],
      ] as const
    ).map(([name, build]): [string, Record<string, string | object>, string] => [
      `committed bundle of ${name}`,
      { 'package.json': { name: 'a', scripts: { build, start: 'node dist/index.js' } }, 'dist/index.js': server, ...ts },
      'src/index.ts typescript import -> commonjs',
    ]),
    [
      'main of a package to be built',
      {
        'package.json': start('node .', { main: 'dist/index.js' }),
        'tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'src' } },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'nest',
      {
        'package.json': { name: 'a', scripts: { build: 'nest build', 'start:prod': 'node dist/main' } },
        'nest-cli.json': { sourceRoot: 'src' },
        'src/main.ts': esmServer,
      },
      'src/main.ts typescript import -> commonjs',
    ],
    [
      'nest start',
      { 'package.json': { name: 'a', scripts: { start: 'nest start' } }, 'src/main.ts': esmServer },
      'src/main.ts typescript import -> commonjs',
    ],
    [
      'tsx in a CommonJS package',
      { 'package.json': { name: 'a', scripts: { start: 'tsx src/index.ts' } }, ...ts },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'tsx in a module package',
      { 'package.json': { name: 'a', type: 'module', scripts: { start: 'tsx src/index.ts' } }, ...ts },
      'src/index.ts typescript import -> esm',
    ],
    [
      'ts-node',
      {
        'package.json': { name: 'a', scripts: { start: 'ts-node src/index.ts' } },
        'tsconfig.json': { compilerOptions: { module: 'commonjs' } },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'type stripping',
      { 'package.json': { name: 'a', type: 'module', scripts: { start: 'node --experimental-strip-types src/index.ts' } }, ...ts },
      'src/index.ts typescript import -> esm',
    ],
    [
      'babel',
      {
        'package.json': { name: 'a', scripts: { build: 'babel src -d dist', start: 'node dist/index.js' } },
        '.babelrc': { presets: ['@babel/preset-env'] },
        'src/index.js': esmServer,
      },
      'src/index.js javascript import -> commonjs',
    ],
    [
      'babel-node',
      { 'package.json': { name: 'a', scripts: { start: 'babel-node src/index.js' } }, '.babelrc': {}, 'src/index.js': esmServer },
      'src/index.js javascript import -> commonjs',
    ],
    [
      'swc',
      {
        'package.json': { name: 'a', scripts: { build: 'swc src -d dist', start: 'node dist/index.js' } },
        '.swcrc': { module: { type: 'commonjs' } },
        ...ts,
      },
      'src/index.ts typescript import -> commonjs',
    ],
    [
      'tsup esm',
      {
        'package.json': { name: 'a', type: 'module', scripts: { build: 'tsup', start: 'node dist/index.js' } },
        'tsup.config.ts': "export default { entry: ['src'], format: ['esm'] }",
        ...ts,
      },
      'src/index.ts typescript import -> esm',
    ],
    [
      'ts-node wrapper',
      {
        'package.json': start('node index.js'),
        'index.js': "require('ts-node/register');\nrequire('./src/main');\n",
        'src/main.ts': esmServer,
        'tsconfig.json': {},
      },
      'index.js javascript require -> commonjs',
    ],
  ])('%s', (_name, files, expected) => {
    expect(entry(files)).toBe(expected);
  });

  it.each<[string, Record<string, string | object>, string]>([
    [
      'a compiler that a build script of its own calls',
      {
        'package.json': { scripts: { build: 'ts-node ./scripts/build.ts', dev: 'ts-node src' }, devDependencies: { typescript: '5' } },
        'scripts/build.ts': "import { execSync } from 'child_process';\nexecSync('tsc --build tsconfig.prod.json');\n",
      },
      'tsc false',
    ],
    ['tsup leaves dependencies out', { 'package.json': { scripts: { build: 'tsup src/index.ts' } } }, 'esbuild false'],
    [
      'tsup with noExternal',
      { 'package.json': { scripts: { build: 'tsup' } }, 'tsup.config.ts': 'export default { noExternal: [/.*/] }' },
      'esbuild true',
    ],
    [
      'esbuild --bundle',
      { 'package.json': { scripts: { build: 'esbuild src/index.ts --bundle --platform=node --outfile=dist/index.js' } } },
      'esbuild true',
    ],
    [
      'esbuild with external packages',
      { 'package.json': { scripts: { build: 'esbuild src/index.ts --bundle --packages=external' } } },
      'esbuild false',
    ],
    [
      'webpack',
      { 'package.json': { scripts: { build: 'webpack' } }, 'webpack.config.js': "module.exports = { target: 'node' }" },
      'webpack true',
    ],
    ['webpack for browsers', { 'package.json': { scripts: { build: 'webpack' } }, 'webpack.config.js': 'module.exports = {}' }, 'none'],
    [
      'webpack for browsers beside tsc for the server',
      {
        'package.json': { scripts: { 'build:web': 'webpack', build: 'tsc', start: 'node dist/server.js' } },
        'webpack.config.js': "module.exports = { target: 'web', output: { path: require('node:path').resolve('public') } }",
        'tsconfig.json': { compilerOptions: { outDir: 'dist' } },
        'src/server.ts': esmServer,
      },
      'tsc false',
    ],
    ['vite for browsers', { 'package.json': { scripts: { build: 'vite build' } }, 'vite.config.js': 'export default {}' }, 'none'],
    [
      'a bundle that no launch runs',
      { 'package.json': { scripts: { build: 'rollup -c', start: 'node server.js' } }, 'rollup.config.js': '', 'server.js': server },
      'none',
    ],
    [
      'webpack with externals',
      {
        'package.json': { scripts: { build: 'webpack' } },
        'webpack.config.js': "module.exports = { externals: [require('webpack-node-externals')()] }",
      },
      'webpack false',
    ],
    ['tsc', { 'package.json': { scripts: { build: 'tsc -p .' } }, 'tsconfig.json': { compilerOptions: { outDir: 'dist' } } }, 'tsc false'],
    ['plain JavaScript', { 'package.json': {} }, 'none'],
  ])('%s', (_name, files, expected) => {
    const { build } = only(files);
    expect(build ? `${build.tool} ${build.bundles}` : 'none').toBe(expected);
  });

  it('answers the module system of any file', () => {
    const found = survey({
      'package.json': start('node dist/index.js', { type: 'module' }),
      'tsconfig.json': { compilerOptions: { outDir: 'dist', module: 'nodenext' } },
      ...ts,
    });
    expect(['src/a.ts', 'a.cjs', 'b.js', 'c.cts'].map((file) => moduleSystemOf(found, file))).toEqual([
      'esm',
      'commonjs',
      'esm',
      'commonjs',
    ]);
  });
});

describe('the syntax of an entry', () => {
  it.each([
    ['a function that awaits', 'server.js', '(async () => {\n  await 1;\n})();\n', 'commonjs require'],
    ['a function that awaits, in .cjs', 'server.cjs', '(async () => {\n  await 1;\n})();\n', 'commonjs require'],
    ['an await of its own', 'server.js', 'await 1;\n', 'esm import'],
  ])('%s', (_name, file, text, expected) => {
    const { services } = survey({ 'package.json': { scripts: { start: `node ${file}` } }, [file]: text });
    expect(services[0]?.entries.map(({ runsAs, syntax }) => `${runsAs} ${syntax}`)).toEqual([expected]);
  });
});

describe('telemetry and loggers', () => {
  const telemetry = (dependencies: object, files: Record<string, string>, scripts: object = { start: 'node a.js' }): string[] =>
    survey({ 'package.json': { name: 'a', scripts, dependencies }, 'a.js': server, ...files }).telemetry.map(
      (each: Telemetry) => `${each.vendor} ${each.name} ${each.state} ${each.evidence.file}`,
    );

  it.each<[string, object, Record<string, string>, string[]]>([
    [
      'api only',
      { '@opentelemetry/api': '1' },
      { 'lib.js': "require('@opentelemetry/api').trace.getTracer('a');" },
      ['opentelemetry @opentelemetry/api declared package.json'],
    ],
    [
      'NodeSDK',
      { '@opentelemetry/sdk-node': '1' },
      {
        'a.js': `require('./tracing');\n${server}`,
        'tracing.js': "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK().start();",
      },
      ['opentelemetry @opentelemetry/sdk-node started tracing.js'],
    ],
    [
      'dormant file',
      { '@opentelemetry/sdk-node': '1' },
      { 'tracing.js': "const { NodeSDK } = require('@opentelemetry/sdk-node');\nnew NodeSDK().start();" },
      ['opentelemetry @opentelemetry/sdk-node declared package.json'],
    ],
    ['datadog', { 'dd-trace': '1' }, { 'a.js': `require('dd-trace').init();\n${server}` }, ['datadog dd-trace started a.js']],
    ['commented out', { newrelic: '1' }, { 'a.js': `// require('newrelic');\n${server}` }, ['newrelic newrelic declared package.json']],
    ['only named', { newrelic: '1' }, { 'a.js': `var known = ['newrelic'];\n${server}` }, ['newrelic newrelic declared package.json']],
    ['newrelic', { newrelic: '1' }, { 'a.js': `require('newrelic');\n${server}` }, ['newrelic newrelic started a.js']],
    [
      'elastic',
      { 'elastic-apm-node': '1' },
      { 'a.js': `require('elastic-apm-node').start();\n${server}` },
      ['elastic elastic-apm-node started a.js'],
    ],
    [
      'sentry',
      { '@sentry/node': '^8.1.0' },
      { 'a.js': `const Sentry = require('@sentry/node');\nSentry.init({});\n${server}` },
      ['sentry @sentry/node started a.js'],
    ],
    [
      'sentry',
      { '@sentry/node': '^7.1.0' },
      { 'a.js': `const Sentry = require('@sentry/node');\nSentry.init({ tracesSampleRate: 0.1 });\n${server}` },
      ['sentry @sentry/node started a.js'],
    ],
    [
      'a client of Sentry that only reports errors',
      { '@sentry/node': '^7.1.0' },
      { 'a.js': `const Sentry = require('@sentry/node');\nSentry.init({ dsn });\n${server}` },
      ['sentry @sentry/node declared package.json'],
    ],
    [
      'raven, which only reports errors',
      { raven: '^2.6.4' },
      { 'a.js': `const Raven = require('raven');\nRaven.config(dsn).install();\n${server}` },
      [],
    ],
    [
      'jaeger',
      { 'jaeger-client': '1' },
      { 'a.js': `const { initTracer } = require('jaeger-client');\ninitTracer({}, {});\n${server}` },
      ['opentracing jaeger-client started a.js'],
    ],
    [
      'xray',
      { 'aws-xray-sdk': '1' },
      { 'a.js': `const x = require('aws-xray-sdk');\nx.captureHTTPsGlobal(require('http'));\n${server}` },
      ['xray aws-xray-sdk started a.js'],
    ],
    [
      'instana',
      { '@instana/collector': '1' },
      { 'a.js': `require('@instana/collector')();\n${server}` },
      ['instana @instana/collector started a.js'],
    ],
    [
      'appinsights',
      { applicationinsights: '1' },
      { 'a.js': `const appInsights = require('applicationinsights');\nappInsights.setup('x').start();\n${server}` },
      ['appinsights applicationinsights started a.js'],
    ],
    [
      'ours',
      { '@tracewright/middleware': '1' },
      {
        'a.js': `require('./instrumentation.cjs');\n${server}`,
        'instrumentation.cjs': "const { register } = require('@tracewright/middleware/register');\nregister({});",
      },
      ['tracewright @tracewright/middleware started instrumentation.cjs'],
    ],
    ['nothing', { express: '4' }, {}, []],
  ])('%s', (_name, dependencies, files, expected) => {
    expect(telemetry(dependencies, files)).toEqual(expected);
  });

  it('sees agents that a launch preloads', () => {
    expect(telemetry({ 'dd-trace': '1' }, {}, { start: 'node -r dd-trace/init a.js' })).toEqual(['datadog dd-trace started package.json']);
    expect(telemetry({ newrelic: '1' }, {}, { start: "NODE_OPTIONS='-r newrelic' node a.js" })).toEqual([
      'newrelic newrelic started package.json',
    ]);
  });

  it('sees a tracer by its name in a package that is not here: of a workspace around the folder, or not installed', () => {
    expect(telemetry({ '@shop/base': 'workspace:^' }, {}, { start: 'node --import=@shop/base/telemetry a.js' })).toEqual([
      'opentelemetry @shop/base started package.json',
    ]);
    expect(telemetry({}, {}, { start: 'node --import=a/telemetry a.js' })).toEqual([]);
  });

  it('lists loggers', () => {
    expect(
      survey({ 'package.json': { dependencies: { winston: '3', express: '4' }, devDependencies: { debug: '1' } } }).loggers.map(
        (each) => each.name,
      ),
    ).toEqual(['winston']);
  });
});

it('does not depend on file order and is plain JSON', () => {
  const files = {
    'package.json': '{"name":"a","scripts":{"start":"node a.js"}}',
    'a.js': server,
    Dockerfile: 'FROM node:20\nCOPY . .\nCMD ["npm","start"]\n',
  };
  const one = takeSurvey(memoryRepo(files));
  expect(JSON.parse(JSON.stringify(one))).toEqual(one);
});

describe('tracers that one package starts in the program of another', () => {
  const sdk = "import { NodeSDK } from '@opentelemetry/sdk-node';\nexport function startTracing() {\n  new NodeSDK().start();\n}\n";
  const library = { name: '@shop/otel', version: '1.0.0', private: true, dependencies: { '@opentelemetry/sdk-node': '1' } };
  const files = {
    'package.json': { name: 'shop', private: true, workspaces: ['packages/*'] },
    'packages/otel/package.json': library,
    'packages/otel/src/index.ts': "export * from './setup';\n",
    'packages/otel/src/setup.ts': sdk,
  };
  const api = (start: string, text: string): Record<string, string | object> => ({
    ...files,
    'packages/api/package.json': { name: '@shop/api', private: true, scripts: { start }, dependencies: { '@shop/otel': 'workspace:*' } },
    'packages/api/app.js': text,
  });
  it.each([
    ['node --import=@shop/otel app.js', server, 'packages/api/package.json'],
    ['node -r @shop/otel/register app.js', server, 'packages/api/package.json'],
    ['node app.js', `import { startTracing } from '@shop/otel';\nstartTracing();\n${server}`, 'packages/api/app.js'],
    ['node app.js', `require('../otel/src/setup');\n${server}`, 'packages/api/app.js'],
    ['node app.js', `require('../other/setup');\n${server}`, undefined],
    ['node app.js', `// startTracing() is not called\n${server}`, undefined],
    ['node app.js', server, undefined],
  ])('%s: %j', (start, text, evidence) => {
    const found = survey(api(start, text)).telemetry.filter((each) => each.package === 'packages/api');
    expect(found.map(({ vendor, state, evidence: { file } }) => `${vendor} ${state} ${file}`)).toEqual(
      evidence === undefined ? [] : [`opentelemetry started ${evidence}`],
    );
  });
});

describe('packages that are published', () => {
  const tool = { name: 'shop', version: '1.0.0', devDependencies: { 'semantic-release': '25.0.3' } };
  const other = { name: 'shop', version: '1.0.0', devDependencies: { 'release-it': '19.0.0' } };
  it.each([
    [{ 'package.json': tool }, 'semantic-release'],
    [{ 'package.json': { ...tool, private: true } }, undefined],
    [
      { 'package.json': tool, 'release.config.js': "module.exports = { plugins: [['@semantic-release/npm', { 'npmPublish': false }]] };" },
      undefined,
    ],
    [{ 'package.json': tool, '.releaserc': 'plugins:\n  - "@semantic-release/github"\n' }, undefined],
    [{ 'package.json': tool, '.releaserc': 'plugins:\n  - "@semantic-release/npm"\n' }, 'semantic-release'],
    [{ 'package.json': { ...tool, release: { plugins: ['@semantic-release/github'] } } }, undefined],
    [{ 'package.json': { ...tool, release: { branches: ['main'] } } }, 'semantic-release'],
    [{ 'package.json': tool, 'packages/x/.releaserc': 'plugins:\n  - "@semantic-release/github"\n' }, 'semantic-release'],
    [{ 'package.json': other, '.release-it.json': '{ "npm": { "publish": false } }' }, undefined],
    [{ 'package.json': { ...other, 'release-it': { npm: false } } }, undefined],
    [{ 'package.json': other, '.release-it.json': '{ "git": { "push": false } }' }, 'release-it'],
  ])('%j', (files, by) => {
    expect(only(files).published?.value).toBe(by);
  });
});

describe('bundles, by what they leave outside', () => {
  const manifest = (build: string): object => ({
    name: 'a',
    type: 'module',
    scripts: { build, start: 'node dist/index.mjs' },
    dependencies: { express: '4', pg: '8' },
  });
  const rollup = (external: string, more = ''): Record<string, string> => ({
    'rollup.config.mjs': `export default { input: 'src/index.mjs', ${external} output: { file: 'dist/index.mjs', format: 'es' }, ${more} };`,
  });
  const nodeResolve = 'plugins: [nodeResolve()]';
  it.each([
    ['rollup -c', rollup("external: (id) => !id.startsWith('.') && !id.startsWith('/'),", nodeResolve), 'outside, hoisted'],
    ['rollup -c', rollup("external: (id) => id === 'fsevents',", nodeResolve), 'inside, hoisted'],
    ['rollup -c', rollup("external: ['express', 'pg'],", nodeResolve), 'outside, hoisted'],
    ['rollup -c', rollup("external: ['express'],", nodeResolve), 'inside, hoisted'],
    ['rollup -c', rollup('external: [/^express$/, /^pg$/],', nodeResolve), 'outside, hoisted'],
    ['rollup -c', rollup('external: Object.keys(pkg.dependencies),', nodeResolve), 'outside, hoisted'],
    ['rollup -c', rollup('', nodeResolve), 'inside'],
    ['rollup -c', rollup(''), 'outside, hoisted'],
    [
      'rolldown -c',
      { 'rolldown.config.mjs': "export default { input: 'a.js', external: [/^[a-z]/], output: { format: 'esm' } };" },
      'outside, hoisted',
    ],
    ['rolldown -c', { 'rolldown.config.mjs': "export default { input: 'a.js', output: { format: 'esm' } };" }, 'inside'],
    [
      'node tools/build.mjs',
      { 'tools/build.mjs': "import { build } from 'esbuild';\nbuild({ bundle: true, packages: 'external', format: 'esm' });" },
      'outside, hoisted',
    ],
    [
      'node tools/build.mjs',
      { 'tools/build.mjs': "import { build } from 'esbuild';\nbuild({ bundle: true, format: 'esm' });" },
      'inside, closed',
    ],
    ['esbuild src/index.mjs --bundle --format=esm --external:express --external:pg', {}, 'outside, hoisted, closed'],
    ['esbuild src/index.mjs --bundle --format=esm --external:express --external:pg --external:@tracewright/*', {}, 'outside, hoisted'],
    ['esbuild src/index.mjs --bundle --format=esm --external:express', {}, 'inside, hoisted, closed'],
    ['esbuild src/index.mjs --bundle --format=cjs --external:express', {}, 'inside'],
    ['esbuild `find src -name "*.mjs"` --platform=node --outdir=dist', {}, 'outside'],
    [
      'rspack build',
      {
        'rspack.config.mjs':
          "export default { target: 'node', externalsType: 'module', externals: { express: 'express', pg: 'pg' }, experiments: { outputModule: true } };",
      },
      'outside, hoisted',
    ],
    ['vite build', { 'vite.config.js': "export default { build: { ssr: 'src/index.mjs' } };" }, 'outside, hoisted'],
    [
      'vite build',
      { 'vite.config.js': "export default { build: { ssr: 'src/index.mjs' }, ssr: { noExternal: true } };" },
      'inside, hoisted',
    ],
  ])('%s %j: %s', (build, files, expected) => {
    const found = only({
      'package.json': manifest(build),
      'src/index.mjs': "import express from 'express';\nexpress().listen(0);\n",
      ...files,
    }).build;
    expect(`${found?.bundles ? 'inside' : 'outside'}${found?.hoists ? ', hoisted' : ''}${found?.closed ? ', closed' : ''}`).toBe(expected);
  });
});

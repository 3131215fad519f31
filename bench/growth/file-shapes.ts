import { express, manifest, manyFiles, type Shape, server, times } from './shape.ts';

const start = `${express}\nprocess.on('SIGTERM', () => process.exit(0));`;

/** What stands around the code. */
export const fileShapes: readonly Shape[] = [
  {
    name: 'package scripts in a row',
    size: 500,
    files: (size) => ({
      ...server(start),
      ...manifest({
        scripts: {
          start: 'npm run s0',
          ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`s${i}`, i + 1 < size ? `npm run s${i + 1}` : 'node server.js'])),
        },
      }),
    }),
  },
  {
    name: 'package scripts that run the next one three times, levels',
    size: 12,
    files: (size) => ({
      ...server(start),
      ...manifest({
        scripts: {
          start: 'npm run s0',
          ...Object.fromEntries(
            Array.from({ length: size }, (_, i) => [
              `s${i}`,
              i + 1 < size ? `npm run s${i + 1} & npm run s${i + 1} & npm run s${i + 1}` : 'node server.js',
            ]),
          ),
        },
      }),
    }),
  },
  {
    name: 'package scripts that each start a file',
    size: 300,
    files: (size) => ({
      ...server(
        start,
        manyFiles(
          size,
          (i) => `p${i}.js`,
          () => start,
        ),
      ),
      ...manifest({
        scripts: { start: 'node server.js', ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`p${i}`, `node p${i}.js`])) },
      }),
    }),
  },
  {
    name: 'Dockerfile stages',
    size: 300,
    files: (size) =>
      server(start, {
        Dockerfile: `FROM node:20 AS s0\n${times(size, (i) => `FROM s${i} AS s${i + 1}\nCOPY --from=s${i} /app /app\nRUN echo ${i}`)}\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n`,
      }),
  },
  {
    name: 'Dockerfiles',
    size: 150,
    files: (size) =>
      server(
        start,
        manyFiles(
          size,
          (i) => `docker/Dockerfile.${i}`,
          () => `FROM node:20\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]`,
        ),
      ),
  },
  {
    name: 'compose services with anchors',
    size: 300,
    files: (size) =>
      server(start, {
        'docker-compose.yml': `x-base: &base0\n  image: node:20\n  working_dir: /app\n  environment:\n    A: '1'\nservices:\n${times(size, (i) => `  s${i}: &base${i + 1}\n    <<: *base${i}\n    command: node server.js\n    environment:\n      N: '${i}'`)}\n`,
      }),
  },
  {
    name: 'compose anchors that double, levels',
    size: 10,
    files: (size) =>
      server(start, {
        'docker-compose.yml': `x-l0: &l0 [node, node]\n${times(size, (i) => `x-l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}]`)}\nservices:\n  web:\n    image: node:20\n    command: node server.js\n    x-all: *l${size}\n`,
      }),
  },
  {
    name: 'Procfile and PM2 launches',
    size: 300,
    files: (size) =>
      server(start, {
        Procfile: `${times(size, (i) => `w${i}: node server.js --n ${i}`)}\n`,
        'ecosystem.config.js': `module.exports = { apps: [\n${times(size, (i) => `  { name: 'p${i}', script: './server.js' },`)}\n] };\n`,
      }),
  },
  {
    name: 'lock file entries',
    size: 25_000,
    files: (size) =>
      server(start, {
        'package-lock.json': `${JSON.stringify({ name: 'grown', lockfileVersion: 3, packages: { '': {}, 'node_modules/express': { version: '4.18.2' }, ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`node_modules/p${i}`, { version: '1.0.0', resolved: `https://registry.npmjs.org/p${i}.tgz`, integrity: 'sha512-x' }])) } }, null, 2)}\n`,
      }),
  },
  {
    name: 'yarn lock entries of one name',
    size: 5_000,
    files: (size) =>
      server(start, {
        'yarn.lock': `# yarn lockfile v1\n\n\nexpress@4.18.2:\n  version "4.18.2"\n\n${times(size, (i) => `p@${i}.0.0:\n  version "${i}.0.0"\n`)}\n`,
      }),
  },
  {
    name: 'dependencies',
    size: 1_000,
    files: (size) => ({
      ...server(start),
      ...manifest({
        dependencies: { express: '4.18.2', ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`p${i}`, '1.0.0'])) },
      }),
    }),
  },
  {
    name: 'workspaces',
    size: 100,
    files: (size) => ({
      ...manifest({ private: true, workspaces: ['packages/*'], scripts: {} }),
      ...manyFiles(
        size,
        (i) => `packages/p${i}/package.json`,
        (i) =>
          JSON.stringify({
            name: `@w/p${i}`,
            version: '1.0.0',
            scripts: { start: 'node server.js' },
            engines: { node: '20' },
            dependencies: { express: '4.18.2', [`@w/p${(i + 1) % size}`]: '1.0.0' },
          }),
      ),
      ...manyFiles(
        size,
        (i) => `packages/p${i}/server.js`,
        () => start,
      ),
    }),
  },
  {
    name: 'workspaces that load each other in a ring',
    size: 100,
    files: (size) => ({
      ...manifest({ private: true, workspaces: ['packages/*'], scripts: {} }),
      ...manyFiles(
        size,
        (i) => `packages/p${i}/package.json`,
        (i) =>
          JSON.stringify({
            name: `@w/p${i}`,
            version: '1.0.0',
            main: 'server.js',
            scripts: { start: 'node server.js' },
            engines: { node: '20' },
            dependencies: { express: '4.18.2', [`@w/p${(i + 1) % size}`]: '1.0.0' },
          }),
      ),
      ...manyFiles(
        size,
        (i) => `packages/p${i}/server.js`,
        (i) => `const next = require('@w/p${(i + 1) % size}');\n${start}\napp.use('/n/:id', next.app);\nexports.app = app;`,
      ),
    }),
  },
  {
    name: 'files that mention what is looked for',
    size: 500,
    files: (size) =>
      server(
        start,
        manyFiles(
          size,
          (i) => `src/f${i}.js`,
          (i) =>
            `const express = require('express');\nconst axios = require('axios');\nmodule.exports = () => { console.log(${i}); if (fetch('http://a')) process.exit(1); return axios.get('http://b'); };`,
        ),
      ),
  },
  {
    name: 'tsconfig files that extend each other',
    size: 100,
    files: (size) => ({
      ...server(start),
      ...manyFiles(
        size,
        (i) => `tsconfig.${i}.json`,
        (i) => JSON.stringify({ extends: i + 2 < size ? [`./tsconfig.${i + 1}.json`, `./tsconfig.${i + 2}.json`] : [] }),
      ),
    }),
  },
  {
    name: 'rules and files of .gitignore',
    size: 300,
    files: (size) =>
      server(start, {
        '.gitignore': `${times(size, (i) => `/out${i}/*.log`)}\n`,
        ...manyFiles(
          size,
          (i) => `data/d${i}.txt`,
          () => 'x',
        ),
      }),
  },
  {
    name: 'jobs of a workflow',
    size: 200,
    files: (size) =>
      server(start, {
        '.github/workflows/ci.yml': `on: push\njobs:\n${times(size, (i) => `  j${i}:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: actions/setup-node@v4\n        with:\n          node-version: 20\n      - run: npm test`)}\n`,
      }),
  },
];

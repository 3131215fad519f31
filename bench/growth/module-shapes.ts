import { express, manifest, manyFiles, type Shape, server, times } from './shape.ts';

const typescript = { scripts: { start: 'node dist/server.js', build: 'tsc' }, devDependencies: { typescript: '5.4.0' } };

/** Modules that lead to modules. */
export const moduleShapes: readonly Shape[] = [
  {
    name: 'imports and tsconfig paths',
    size: 1_000,
    files: (size) => ({
      ...manifest(typescript),
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          outDir: 'dist',
          rootDir: 'src',
          baseUrl: '.',
          paths: Object.fromEntries(Array.from({ length: size }, (_, i) => [`@p${i}/*`, [`src/p${i}/*`]])),
        },
      }),
      'src/server.ts': `import express from 'express';\n${times(size, (i) => `import { r${i} } from '@p${i}/index';`)}\nconst app = express();\n${times(size, (i) => `app.use('/u${i}', r${i});`)}\napp.listen(3000);\nprocess.on('SIGTERM', () => process.exit(0));\n`,
      ...manyFiles(
        size,
        (i) => `src/p${i}/index.ts`,
        (i) => `export const r${i} = ${i};`,
      ),
    }),
  },
  {
    name: 're-exports in a row',
    size: 250,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `app.use('/p${i}', require('./m${i}').router);`)}`,
        manyFiles(
          size + 1,
          (i) => `m${i}.js`,
          (i) => (i < size ? `exports.router = require('./m${i + 1}').router;` : `exports.router = require('express').Router();`),
        ),
      ),
  },
  {
    name: 'diamonds of export *, levels',
    size: 7,
    files: (size) => ({
      ...manifest({ type: 'module' }),
      'server.js': `import express from 'express';\nimport { missing, r } from './a0.js';\nconst app = express();\napp.use('/a', missing);\napp.use('/b/:id', missing);\napp.use('/c/:id', r);\napp.listen(3000);\nprocess.on('SIGTERM', missing);\n`,
      ...Object.fromEntries(
        Array.from({ length: size }, (_, i) => {
          const text =
            i + 1 < size ? `export * from './a${i + 1}.js';\nexport * from './b${i + 1}.js';\n` : `export const other${i} = 1;\n`;
          return [
            [`a${i}.js`, text],
            [`b${i}.js`, text],
          ];
        }).flat(),
      ),
    }),
  },
  {
    name: 'files that export * from each other in a ring',
    size: 60,
    files: (size) => ({
      ...manifest({ type: 'module' }),
      'server.js': `import express from 'express';\nimport { missing } from './m0.js';\nconst app = express();\napp.use('/b/:id', missing);\napp.listen(3000);\nprocess.on('SIGTERM', missing);\n`,
      ...manyFiles(
        size,
        (i) => `m${i}.js`,
        (i) => times(size, (k) => `export * from './m${(i + k + 1) % size}.js';`),
      ),
    }),
  },
  {
    name: 'names of one barrel',
    size: 500,
    files: (size) => ({
      ...manifest({ type: 'module' }),
      'server.js': `import express from 'express';\nimport { ${times(size, (i) => `r${i}`, ', ')} } from './barrel.js';\nconst app = express();\n${times(size, (i) => `app.use('/u${i}/:id', r${i});`)}\napp.listen(3000);\n`,
      'barrel.js': `${times(size, (i) => `export { r${i} } from './r${i}.js';`)}\n`,
      ...manyFiles(
        size,
        (i) => `r${i}.js`,
        (i) => `import { Router } from 'express';\nexport const r${i} = Router();`,
      ),
    }),
  },
  {
    name: 'variables that are each other',
    size: 2_000,
    files: (size) =>
      server(
        `${express}\nconst v0 = app;\n${times(size, (i) => `const v${i + 1} = v${i};\nv${i + 1}.get('/x${i}', (req, res) => res.end());`)}`,
      ),
  },
];

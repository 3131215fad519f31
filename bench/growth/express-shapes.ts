import { express, manyFiles, type Shape, server, times } from './shape.ts';

/** Express applications as a generator, or a very patient person, writes them. */
export const expressShapes: readonly Shape[] = [
  {
    name: 'mounts with a parameter',
    size: 500,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `const r${i} = express.Router();\nr${i}.get('/x', (req, res) => res.end());\napp.use('/p/:id', r${i});`)}`,
      ),
  },
  {
    name: 'routers mounted three times each, levels',
    size: 10,
    files: (size) =>
      server(
        `${express}\nconst r${size} = express.Router();\nr${size}.get('/x', (req, res) => res.end());\n${times(size, (i) => {
          const level = size - 1 - i;
          const mount = (path: string): string => `r${level}.use('/${path}${level}', r${level + 1});`;
          return `const r${level} = express.Router();\n${['a', 'b', 'c'].map(mount).join('\n')}`;
        })}\napp.use('/', r0);`,
      ),
  },
  {
    name: 'calls in one chain',
    size: 5_000,
    files: (size) => server(`${express}\napp${times(size, (i) => `\n  .get('/a${i}', (req, res) => res.end())`, '')};`),
  },
  {
    name: 'mixed calls in one chain on the app',
    size: 2_500,
    files: (size) =>
      server(
        `const express = require('express');\nconst app = express()${times(size, (i) => `\n  .use('/u${i}', (req, res, next) => next())\n  .get('/a${i}', (req, res) => res.end())`, '')};\napp.listen(3000);`,
      ),
  },
  {
    name: 'routes of one router',
    size: 2_000,
    files: (size) =>
      server(
        `${express}\nconst router = express.Router();\n${times(size, (i) => `router.route('/r${i}/:id').get((req, res) => res.end()).post((req, res) => res.end());`)}\napp.use('/api', router);`,
      ),
  },
  {
    name: 'router files',
    size: 300,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `app.use('/f${i}/:id', require('./routes/f${i}'));`)}`,
        manyFiles(
          size,
          (i) => `routes/f${i}.js`,
          (i) =>
            `const { Router } = require('express');\nconst router = Router();\nrouter.get('/x${i}', (req, res) => res.end());\nmodule.exports = router;`,
        ),
      ),
  },
  {
    name: 'functions that are handed the app',
    size: 400,
    files: (size) =>
      server(
        `${express}\n${times(size, (i) => `function add${i}(a) {\n  a.get('/x${i}', (req, res) => res.end());\n${i + 1 < size ? `  add${i + 1}(a);\n` : ''}}`)}\nadd0(app);`,
      ),
  },
  {
    name: 'apps in one file',
    size: 300,
    files: (size) => server(`${express}\n${times(size, (i) => `const a${i} = express();\na${i}.get('/x', (req, res) => res.end());`)}`),
  },
];

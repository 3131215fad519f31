import { type Shape, server, times } from './shape.ts';

const http = `const http = require('http');`;
const listen = 'http.createServer(handle).listen(3000);';

/** Handlers of plain servers. */
export const httpShapes: readonly Shape[] = [
  {
    name: 'ifs of a raw handler',
    size: 2_000,
    files: (size) =>
      server(
        `${http}\nfunction handle(req, res) {\n${times(size, (i) => `  if (req.method === 'GET' && req.url === '/r${i}') return res.end();`)}\n}\n${listen}`,
      ),
  },
  {
    name: 'else ifs of a raw handler',
    size: 500,
    files: (size) =>
      server(
        `${http}\nfunction handle(req, res) {\n  ${times(size, (i) => `if (req.url === '/r${i}') res.end();`, '\n  else ')}\n}\n${listen}`,
      ),
  },
  {
    name: 'cases of a raw handler',
    size: 2_000,
    files: (size) =>
      server(
        `${http}\nfunction handle(req, res) {\n  switch (req.url) {\n${times(size, (i) => `    case '/r${i}':\n      return res.end();`)}\n  }\n}\n${listen}`,
      ),
  },
  {
    name: 'functions that hand the request on',
    size: 500,
    files: (size) =>
      server(
        `${http}\n${times(size, (i) => `function h${i}(req, res) {\n  if (req.url === '/r${i}') return res.end();\n${i + 1 < size ? `  return h${i + 1}(req, res);\n` : ''}}`)}\nfunction handle(req, res) { return h0(req, res); }\n${listen}`,
      ),
  },
  {
    name: 'variables that hold the path',
    size: 1_000,
    files: (size) =>
      server(
        `${http}\nfunction handle(req, res) {\n  const p0 = req.url;\n${times(size, (i) => `  const p${i + 1} = p${i};\n  if (p${i + 1} === '/r${i}') res.end();`)}\n}\n${listen}`,
      ),
  },
  {
    name: 'one variable that is set again and again',
    size: 1_000,
    files: (size) =>
      server(
        `${http}\nfunction handle(req, res) {\n  let path = req.url;\n${times(size, (i) => `  path = path.replace('a${i}', '');\n  if (path === '/r${i}') res.end();`)}\n}\n${listen}`,
      ),
  },
  {
    name: 'servers in one file',
    size: 300,
    files: (size) =>
      server(
        `${http}\n${times(size, (i) => `const s${i} = http.createServer();\ns${i}.on('request', (req, res) => { if (req.url === '/r${i}') res.end(); });\ns${i}.listen(${3000 + i});`)}`,
      ),
  },
  {
    name: 'routes registered on a router object',
    size: 1_000,
    files: (size) =>
      server(
        `${http}\nconst Router = require('find-my-way');\nconst router = new Router();\n${times(size, (i) => `router.on('GET', '/r${i}/:id', (req, res) => res.end());`)}\nhttp.createServer((req, res) => router.lookup(req, res)).listen(3000);`,
      ),
  },
  {
    name: 'keys of a route table',
    size: 2_000,
    files: (size) =>
      server(
        `${http}\nconst table = {\n${times(size, (i) => `  '/r${i}': (req, res) => res.end(),`)}\n};\nfunction handle(req, res) { return table[req.url](req, res); }\n${listen}`,
      ),
  },
];

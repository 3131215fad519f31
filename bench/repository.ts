import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const filler = `
function sum(values) {
  var total = 0;
  for (var i = 0; i < values.length; i++) total += values[i].price * values[i].amount;
  return total;
}

module.exports = { sum: sum };
`;

/** Writes a CommonJS repository of `count` source files of about 4 kB; every hundredth builds an Express app or router. Returns the source paths. */
export function writeRepository(root: string, count: number): string[] {
  const sources: string[] = [];
  for (let i = 0; i < count; i++) {
    const folder = join(root, 'src', `area-${i % 40}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `file-${i}.js`);
    writeFileSync(file, i % 100 === 0 ? router(i) : `'use strict';\n${filler.repeat(16)}`);
    sources.push(file);
  }
  writeFileSync(join(root, 'server.js'), server);
  writeFileSync(join(root, 'package.json'), manifest);
  return [...sources, join(root, 'server.js')];
}

function router(i: number): string {
  const head = `'use strict';\nvar express = require('express');\nvar router = express.Router();\n`;
  const route = `router.get('/things-${i}/:id', function (req, res) { res.json({ id: req.params.id }); });\n`;
  return `${head}${route.repeat(20)}${filler.repeat(8)}module.exports = router;\n`;
}

const server = `'use strict';
var express = require('express');
var app = express();
app.use('/area-0', require('./src/area-0/file-0'));
app.get('/health', function (req, res) { res.json({ ok: true }); });
app.listen(process.env.PORT || 3000);
`;

const manifest = `${JSON.stringify({ name: 'generated', version: '1.0.0', engines: { node: '20' }, scripts: { start: 'node server.js' }, dependencies: { express: '4.18.2' } }, null, 2)}\n`;

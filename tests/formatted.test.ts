import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRepo } from '../src/check/index.ts';
import { applyPlan, createPlan, leftTasks, shippedWorkbench, undoApplied } from '../src/engine/index.ts';
import { tempRepo } from './harness/temp-repo.ts';

const biome = fileURLToPath(new URL('../node_modules/.bin/biome', import.meta.url));

const manifest = {
  name: 'shop',
  scripts: { start: 'node app.js' },
  dependencies: { express: '4.18.2', pg: '7.18.2' },
  engines: { node: '>=18' },
};
const app = `var express = require('express')
var app = express()
app.get('/a', function (req, res) { res.json({ a: [1,2,
  3] }) })

app.listen(process.env.PORT || 3000)
process.on('SIGTERM', function () { console.log('bye'); process.exit(0) })
`;
const raw = `const http = require("http")
const { serve, later } = require("./serve")
const server = http.createServer(serve)
server.listen(0); later()
`;
const serve = `exports.serve = (req, res) => { if (req.url === "/x") return res.end("x"); res.end() }; exports.later = () => {}\n`;
const files = {
  'package.json': JSON.stringify(manifest),
  'app.js': app,
  'raw.js': raw,
  'serve.js': serve,
  Procfile: 'web: node app.js\nraw: node raw.js\n',
};

/** As a hook of a commit does: every file, in another style than it was written in. */
function format(root: string, ...words: readonly string[]): void {
  writeFileSync(join(root, 'biome.json'), '{ "linter": { "enabled": false }, "assist": { "enabled": false } }');
  execFileSync(biome, ['format', '--write', ...words, '.'], { cwd: root, stdio: 'ignore' });
}

const styles = [
  ['double quotes, semicolons', []],
  [
    'single quotes, four spaces, narrow',
    ['--javascript-formatter-quote-style=single', '--indent-style=space', '--indent-width=4', '--line-width=60'],
  ],
  ['no semicolons, no trailing commas', ['--semicolons=as-needed', '--trailing-commas=none']],
  ['carriage returns', ['--line-ending=crlf']],
] as const;

describe.each(styles)('files that a formatter changed after apply (%s)', (_name, words) => {
  const options = { only: [], skip: [] };

  it('are no drift, and undo takes out what apply wrote: what is left is the formatted original', () => {
    const { root, snapshot: read, remove } = tempRepo(files);
    const plan = createPlan(root, options);
    applyPlan(root, plan, { allowDirty: true });
    const changed = plan.files.filter(({ before }) => before !== null).map(({ file }) => file);
    expect(changed).toEqual(expect.arrayContaining(['app.js', 'raw.js', 'package.json']));
    format(root, ...words);
    expect(readFileSync(join(root, 'app.js'), 'utf8')).not.toContain(app.slice(0, 60));
    const codes = checkRepo(root).findings.map(({ code, file }) => `${code} ${file}`);
    expect(codes.filter((code) => /^TW210[3-69]/.test(code))).toEqual([]);
    expect(createPlan(root, options).files).toEqual([]);
    expect(leftTasks(root, undefined, shippedWorkbench)).toMatchObject([{ file: 'package.json' }]);
    const undone = undoApplied(root);
    expect(undone.reformatted).toEqual(expect.arrayContaining(['app.js', 'package.json', 'raw.js']));
    format(root, ...words);
    const original = tempRepo(files);
    format(original.root, ...words);
    for (const file of Object.keys(files))
      expect(readFileSync(join(root, file), 'utf8'), file).toBe(readFileSync(join(original.root, file), 'utf8'));
    for (const file of Object.keys(read())) expect(Object.keys(original.snapshot()), file).toContain(file);
    original.remove();
    remove();
  });

  it('are refused when a person edited them as well', () => {
    const { root, remove } = tempRepo(files);
    applyPlan(root, createPlan(root, options), { allowDirty: true });
    format(root, ...words);
    writeFileSync(join(root, 'app.js'), readFileSync(join(root, 'app.js'), 'utf8').replace('/a', '/b'));
    expect(() => undoApplied(root)).toThrow(expect.objectContaining({ code: 'TW2009', detail: 'app.js' }));
    remove();
  });
});

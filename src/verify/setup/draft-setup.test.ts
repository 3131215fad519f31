import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRepo } from '../fixtures/test-repo.ts';
import { completeSetup } from './derive-setup.ts';
import { draftOf, type SetupDraft } from './draft-setup.ts';
import { readSetup } from './read-setup.ts';
import { readTree } from './read-tree.ts';

const server = `app.get('/health', show);
app.post('/orders', (req, res) => {
  const { sku, quantity: many = 1 } = req.body;
  res.json({ sku, note: req.body.note });
});
app.get('/orders/:id', (req, res) => res.json(req.body.never));
app.delete('/orders/:id', remove);
app.put('/raw', (req, res) => req.pipe(res));
`;

const routes = [
  ['GET', '/health', 1],
  ['POST', '/orders', 2],
  ['GET', '/orders/:id', 6],
  ['DELETE', '/orders/:id', 7],
  ['PUT', '/raw', 8],
].map(([method, path, line]) => ({
  service: 'shop',
  method: String(method),
  path: String(path),
  evidence: { file: 'server.js', line: Number(line) },
}));

/** The tree, with routes that no codemod read. */
async function draft(files: Readonly<Record<string, string>>): Promise<SetupDraft> {
  const root = makeRepo(files, 'none');
  return draftOf(root, { ...(await readTree(root, true)), routes });
}

describe('a drafted tracewright.yaml', () => {
  it('names every program and route, fills in what the handler reads, and asks for the rest', async () => {
    const files = {
      'server.js': server,
      'worker.js': '',
      Procfile: 'web: node server.js\nworker: node worker.js\nrelease: node server.js migrate\n',
    };
    const { text, questions } = await draft(files);
    const { services, scenarios } = readSetup(text);
    expect(services.map(({ name, command }) => `${name}: ${command}`)).toEqual(['shop: npm start --silent', 'shop-worker: node worker.js']);
    expect(scenarios.flatMap(({ requests }) => requests.map(({ service, method, path, body }) => [service, method, path, body]))).toEqual([
      ['shop', 'GET', '/health', undefined],
      ['shop', 'POST', '/orders', '{"note":"text","sku":"text","quantity":1}'],
      ['shop', 'GET', '/orders/1', undefined],
      ['shop', 'PUT', '/raw', undefined],
    ]);
    expect(text).toMatch(/^#\s+- service: shop\n#\s+method: DELETE/m);
    expect(questions).toEqual([
      'POST /orders (server.js:2): is its body right (note, sku, quantity)?',
      'GET /orders/:id (server.js:6): which id is there?',
      'DELETE /orders/:id (server.js:7): which id is there?',
      'PUT /raw (server.js:8): what does it take as a body?',
    ]);
  });

  it('is the same for the same tree', async () => {
    expect(await draft({ 'server.js': server })).toEqual(await draft({ 'server.js': server }));
  });
});

describe('a command of one’s own that runs what a build wrote', () => {
  const root = (): string => {
    const manifest = { name: 'shop', scripts: { build: 'tsc', start: 'node dist/main.js' }, devDependencies: { typescript: '5' } };
    const made = makeRepo(
      { 'package.json': JSON.stringify(manifest), 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}', 'src/main.ts': '' },
      'none',
    );
    mkdirSync(join(made, 'dist'));
    writeFileSync(join(made, 'dist/main.js'), '');
    return made;
  };
  const buildOf = (folder: string, command = 'node dist/main.js'): string | undefined =>
    completeSetup(folder, readSetup(`version: 1\nservices: [{ name: shop, command: ${command} }]\n`)).services[0]?.build;
  const age = (folder: string, file: string, seconds: number): void => utimesSync(join(folder, file), seconds, seconds);

  it('is built when its sources are newer, and only then', () => {
    const folder = root();
    age(folder, 'src/main.ts', 2_000);
    age(folder, 'dist/main.js', 1_000);
    expect(buildOf(folder)).toBe('npm run --silent build');
    expect(buildOf(folder, 'tsx src/main.ts')).toBeUndefined();
    age(folder, 'dist/main.js', 3_000);
    expect(buildOf(folder)).toBeUndefined();
  });
});

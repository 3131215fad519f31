import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commitAll, makeRepo } from './fixtures/test-repo.ts';
import { verifyRepo } from './index.ts';

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

it('builds the version before, although this one is built already', async () => {
  const files = {
    'package.json': JSON.stringify({ name: 'shop', scripts: { build: 'node build.js # tsc' }, devDependencies: { typescript: '5' } }),
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src", "module": "commonjs" } }',
    'build.js': "require('fs').mkdirSync('dist', { recursive: true });\nrequire('fs').copyFileSync('src/server.ts', 'dist/server.js');\n",
    'src/server.ts': "require('http').createServer((q, r) => r.end('fine')).listen(process.env.PORT);\n",
    'tracewright.yaml':
      'version: 1\nservices:\n  - name: shop\n    command: node dist/server\nscenarios:\n  - name: default\n    requests: [GET /]\n',
    '.gitignore': 'dist/\n',
  };
  const root = makeRepo(files, 'none');
  commitAll(root);
  execFileSync('node', ['build.js'], { cwd: root });
  const report = await verifyRepo(root, { env, against: 'HEAD' });
  expect(report.against).toEqual({ ref: 'HEAD', differences: [] });
});

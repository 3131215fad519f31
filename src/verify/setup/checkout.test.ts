import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAll, makeRepo } from '../fixtures/test-repo.ts';
import { checkOut } from './checkout.ts';

const print = "console.log(require('lib'), require('far'))";

describe('checkOut', () => {
  it('shares installed modules, but runs the workspace packages of the other version', async () => {
    const root = makeRepo({
      '.gitignore': 'node_modules\n.env\n',
      'packages/lib/package.json': '{"name":"lib","main":"index.js"}',
      'packages/lib/index.js': "module.exports = 'old'",
      'print.js': print,
    });
    commitAll(root);
    writeFileSync(join(root, 'packages/lib/index.js'), "module.exports = 'new'");
    writeFileSync(join(root, '.env'), 'A=1');
    mkdirSync(join(root, 'node_modules/far'), { recursive: true });
    writeFileSync(join(root, 'node_modules/far/index.js'), "module.exports = 'shared'");
    symlinkSync('../packages/lib', join(root, 'node_modules/lib'));
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });

    const checkout = await checkOut(root, 'HEAD');
    expect(execFileSync('node', ['print.js'], { cwd: checkout.root, encoding: 'utf8' })).toBe('old shared\n');
    expect(readFileSync(join(checkout.root, '.env'), 'utf8')).toBe('A=1');
    expect(checkout.notes).toHaveLength(2);
    checkout.remove();
    expect(existsSync(checkout.root)).toBe(false);
    expect(existsSync(join(root, 'node_modules/far/index.js'))).toBe(true);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })).toBe(status);
  });

  it('checks out a subfolder of a repository, with the modules above it', async () => {
    const top = makeRepo({
      '.gitignore': 'node_modules\n',
      'services/a/package.json': '{}',
      'services/a/print.js': "console.log(require('far'))",
    });
    commitAll(top);
    mkdirSync(join(top, 'node_modules/far'), { recursive: true });
    writeFileSync(join(top, 'node_modules/far/index.js'), "module.exports = 'above'");
    const checkout = await checkOut(realpathSync(join(top, 'services/a')), 'HEAD');
    expect(execFileSync('node', ['print.js'], { cwd: checkout.root, encoding: 'utf8' })).toBe('above\n');
    checkout.remove();
  });
});

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, readFolder, runCli } from '../harness/run-cli.ts';

const begin = (cwd: string, ...words: string[]): ReturnType<typeof runCli> => runCli(['new', ...words], { cwd });

test('--list says what there is, for people and for programs', async () => {
  const cwd = makeFolder({});
  const { exit, stdout } = await begin(cwd, '--list', '--json');
  const { templates } = JSON.parse(stdout) as { templates: readonly { id: string; title: string }[] };
  expect(exit).toBe(0);
  expect(templates.map(({ id }) => id)).toEqual(expect.arrayContaining(['http-js', 'express-ts', 'worker-bullmq-ts']));
  expect((await begin(cwd, '--list')).stdout).toContain('express-ts');
  expect(readFolder(cwd)).toEqual({});
});

test('the same words write the same bytes, in a repository that plan and check find in order', async () => {
  const [one, other] = [makeFolder({}), makeFolder({})];
  const words = ['express-ts', '@acme/orders', '--yes', '--node', '24', '--no-git'];
  const first = await begin(one, ...words, '--json');
  expect(first).toMatchObject({ exit: 0, stderr: '' });
  expect(JSON.parse(first.stdout)).toMatchObject({
    status: 'applied',
    template: 'express-ts',
    name: '@acme/orders',
    folder: 'orders',
    node: '24',
  });
  await begin(other, ...words);
  expect(readFolder(one)).toEqual(readFolder(other));
  const cwd = join(one, 'orders');
  expect(JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))).toMatchObject({ name: '@acme/orders' });
  expect(existsSync(join(cwd, '.gitignore'))).toBe(true);
  expect(await runCli(['check'], { cwd })).toMatchObject({ exit: 0 });
});

test('what its owner writes is no fault of check; what starts tracing is', async () => {
  const cwd = makeFolder({});
  await begin(cwd, 'http-js', '.', '--yes', '--no-git');
  writeFileSync(join(cwd, 'README.md'), '# Mine\n');
  writeFileSync(join(cwd, 'src/log.js'), `// mine\n${readFileSync(join(cwd, 'src/log.js'), 'utf8')}`);
  expect(await runCli(['check'], { cwd })).toMatchObject({ exit: 0 });
  writeFileSync(join(cwd, 'instrumentation.mjs'), '// gone\n');
  expect(await runCli(['check'], { cwd })).toMatchObject({ exit: 3, stdout: expect.stringContaining('instrumentation.mjs') });
});

test('undo takes all of it away, also when npm has written the lock file again', async () => {
  const cwd = makeFolder({});
  await begin(cwd, 'http-js', 'orders', '--yes', '--no-git');
  const folder = join(cwd, 'orders');
  writeFileSync(join(folder, 'package-lock.json'), '{}\n');
  expect(await runCli(['undo', 'orders', '--yes'], { cwd })).toMatchObject({ exit: 0 });
  expect(readFolder(folder)).toEqual({});
  expect(existsSync(join(folder, 'src'))).toBe(false);
});

test('a repository is made, unless there is one around it', async () => {
  const cwd = makeFolder({});
  await begin(cwd, 'http-js', 'outer', '--yes');
  expect(existsSync(join(cwd, 'outer/.git'))).toBe(true);
  const inner = await begin(join(cwd, 'outer'), 'http-js', 'packages/inner', '--yes', '--json');
  expect(JSON.parse(inner.stdout)).toMatchObject({ git: 'inside' });
  expect(existsSync(join(cwd, 'outer/packages/inner/.git'))).toBe(false);
});

test('a machine without git gets the files, and is told', async () => {
  const cwd = makeFolder({});
  const { exit, stdout } = await runCli(['new', 'http-js', 'orders', '--yes'], { cwd, env: { PATH: '/nowhere' } });
  expect([exit, existsSync(join(cwd, 'orders/package.json'))]).toEqual([0, true]);
  expect(stdout).toContain('Git is not here');
});

describe('what cannot be begun is refused, and nothing is written', () => {
  test.each([
    ['no template', ['--yes'], 'TW1072', 'tracewright|new http-js my-service --yes'],
    ['an unknown template', ['expres-ts', 'orders', '--yes'], 'TW1103', 'did you mean express-ts?'],
    ['half of a template', ['express', 'orders', '--yes'], 'TW1103', 'did you mean express-ts?'],
    ['a template that is a path', ['../templates/http-js', 'orders', '--yes'], 'TW1103', 'there are http-js'],
    ['a name with capitals', ['http-js', 'orders', '--name', 'Orders', '--yes'], 'TW1102', "'Orders' has other characters"],
    ['a name of Node.js', ['http-js', 'http', '--yes'], 'TW1102', "'http' is a name of Node.js"],
    ['a name of its own dependency', ['express-ts', 'express', '--yes'], 'TW1102', 'depends on'],
    ['a scope without a name', ['http-js', 'orders', '--name', '@acme/', '--yes'], 'TW1102', "'@acme/'"],
    ['a folder above', ['http-js', '../orders', '--yes'], 'TW1105', 'leads up'],
    ['a folder of git', ['http-js', '.git/orders', '--yes'], 'TW1105', 'belongs to another program'],
    ['a folder of npm', ['http-js', 'node_modules/orders', '--yes'], 'TW1105', 'belongs to another program'],
    ['an unknown line of Node.js', ['http-js', 'orders', '--node', '18', '--yes'], 'TW1104', "'18'; there are 20, 22, 24"],
    ['nobody who says yes', ['http-js', 'orders'], 'TW1073', 'files would be written to orders'],
  ])('%s', async (_name, words, code, says) => {
    const cwd = makeFolder({});
    const { exit, stderr } = await begin(cwd, ...words);
    expect(exit).toBe(2);
    expect(stderr.startsWith(code)).toBe(true);
    expect(stderr).toMatch(new RegExp(says.replaceAll(/[?.()[\]]/g, '\\$&')));
    expect(stderr).toContain('next');
    expect(existsSync(join(cwd, 'orders'))).toBe(false);
    expect(readFolder(cwd)).toEqual({});
  });

  test('a folder that holds something', async () => {
    const cwd = makeFolder({ 'orders/package.json': '{}\n' });
    const { exit, stderr } = await begin(cwd, 'http-js', 'orders', '--yes');
    expect([exit, stderr]).toEqual([
      2,
      expect.stringMatching(/^TW1101 {2}The folder is not empty: orders holds package\.json\n {2}next {3}.*plan <folder>/),
    ]);
    expect(readFolder(cwd)).toEqual({ 'orders/package.json': '{}\n' });
  });

  test('a link, a file, and a folder below a file', async () => {
    const cwd = makeFolder({ file: '' });
    mkdirSync(join(cwd, 'real'));
    symlinkSync('real', join(cwd, 'link'));
    for (const folder of ['link', 'file', 'file/below'])
      expect(await begin(cwd, 'http-js', folder, '--yes', '--name', 'orders')).toMatchObject({
        exit: 2,
        stderr: expect.stringMatching(/^TW1105/),
      });
    expect(readFolder(cwd)).toEqual({ file: '' });
  });

  test('a folder that must stay as it is', async () => {
    const cwd = makeFolder({});
    mkdirSync(join(cwd, 'closed'));
    chmodSync(join(cwd, 'closed'), 0o555);
    for (const folder of ['closed', 'closed/orders'])
      expect(await begin(cwd, 'http-js', folder, '--yes')).toMatchObject({ exit: 3, stderr: expect.stringMatching(/^TW2008/) });
    expect(existsSync(join(cwd, 'closed/orders'))).toBe(false);
  });

  test('a disk that is full', async ({ skip }) => {
    const cwd = makeFolder({});
    const disk = join(cwd, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0) skip('nothing can be mounted here');
    try {
      const { exit, stderr } = await begin(disk, 'http-js', 'orders', '--yes');
      expect([exit, stderr]).toEqual([3, expect.stringMatching(/^TW2015 .*ENOSPC/)]);
      expect(existsSync(join(disk, 'orders'))).toBe(false);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test('an empty folder is told of `new`', async () => {
    const { stderr } = await runCli(['plan'], { cwd: makeFolder({}) });
    expect(stderr).toMatch(/^TW1002 .*\n {2}next .*new`/);
  });
});

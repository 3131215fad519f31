import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { publishedIds } from '../src/jscodeshift/index.ts';
import { findCodemod } from '../src/registry/index.ts';
import { type Fixture, listFixtures } from './harness/fixtures.ts';
import { planOn } from './harness/plan-fixture.ts';
import { readFolder } from './harness/read-folder.ts';
import { type TempRepo, tempRepo } from './harness/temp-repo.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cli = createRequire(import.meta.url).resolve('jscodeshift/bin/jscodeshift.js');
const fixtures = listFixtures();
const SOURCE = /\.[cm]?[jt]sx?$|(^|\/)bin\/[^./]+$/;

let repo: TempRepo | undefined;
afterEach(() => repo?.remove());

/** Runs the real jscodeshift on every source file of the folder. */
function jscodeshift(id: string, folder: string, files: readonly string[], ...flags: readonly string[]): string {
  const transform = join(root, 'dist', 'jscodeshift', `${id}.cjs`);
  return execFileSync(process.execPath, [cli, '-t', transform, '--fail-on-error', ...flags, ...files], { cwd: folder, encoding: 'utf8' });
}

/** Fixtures side by side, each a repository of its own. */
function filesOf(chosen: readonly Fixture[]): Record<string, Buffer> {
  return Object.fromEntries(
    chosen.flatMap(({ name, before }) => Object.entries(before).map(([file, bytes]) => [`${name}/${file}`, bytes] as const)),
  );
}

/** Which program loads a file is not known to a transform, which sees one file. */
const byProgram = ['skips-an-app-that-no-traced-program-loads'];

it('reads Flow, which only the parser of jscodeshift itself does', () => {
  const ids: readonly string[] = publishedIds();
  expect(fixtures.some(({ codemod, name, after }) => ids.includes(codemod) && name.includes('flow') && after !== undefined)).toBe(true);
});

describe.each(publishedIds())('tracewright/jscodeshift/%s', (id) => {
  const own = fixtures.filter(({ codemod, name, with: others }) => codemod === id && others.length === 0 && !byProgram.includes(name));

  it('gives the bytes of apply for every fixture, run by the jscodeshift CLI', () => {
    expect(existsSync(join(root, 'dist', 'jscodeshift', `${id}.cjs`)), 'run `npm run build` first').toBe(true);
    const before = filesOf(own);
    repo = tempRepo(before);
    const sources = Object.keys(before).filter((file) => SOURCE.test(file));
    const log = jscodeshift(id, repo.root, sources, '--run-in-band', '--extensions=');
    const after = readFolder(repo.root) ?? {};
    let changed = 0;
    for (const { name, before: files } of own) {
      for (const [file, bytes] of Object.entries(planOn(files, [findCodemod(id)]).files)) {
        expect(after[`${name}/${file}`]?.toString('utf8'), `${name}/${file}`).toBe(bytes.toString('utf8'));
        if (!bytes.equals(files[file] ?? Buffer.alloc(0))) changed += 1;
      }
    }
    expect(changed).toBeGreaterThan(1);
    expect(log).toContain(`${changed} ok`);
  });

  it('changes nothing the second time, with worker processes', () => {
    const [fixture] = own.filter(({ after }) => after !== undefined);
    repo = tempRepo(fixture?.after ?? {});
    const log = jscodeshift(id, repo.root, ['.'], '--extensions=js,mjs,cjs,jsx,ts,mts,cts,tsx', '--cpus=1');
    expect(log).toContain('0 ok');
    expect(log).toContain('0 errors');
  });
});

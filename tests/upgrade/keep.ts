import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chainOf } from '../harness/chain-of.ts';
import { copyExample, exampleNames } from '../harness/copy-example.ts';
import { type Fixture, listFixtures } from '../harness/fixtures.ts';
import { planOn } from '../harness/plan-fixture.ts';
import { type KeptOutput, packFile } from './kept.ts';

/**
 * Keeps what this version writes, so that later ones can prove that they upgrade it: `npx tsx tests/upgrade/keep.ts`
 * after a build, in the last commit of a version.
 *
 *   every fixture -> outputs/<codemod>.json      every example -> examples/<name>/, what apply wrote or changed
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'middleware/package.json'), 'utf8'));
const kept = join(root, 'tests/upgrade/fixtures', manifest.version);

rmSync(kept, { recursive: true, force: true });
mkdirSync(join(kept, 'outputs'), { recursive: true });
keepOutputs();
for (const name of exampleNames) keepExample(name);

function keepOutputs(): void {
  const fixtures = listFixtures();
  for (const id of new Set(fixtures.map(({ codemod }) => codemod))) {
    const own = fixtures.filter(({ codemod }) => codemod === id).map((fixture) => [fixture.name, outputOf(fixture)]);
    writeFileSync(join(kept, 'outputs', `${id}.json`), `${JSON.stringify(Object.fromEntries(own), null, 1)}\n`);
  }
}

function outputOf({ before, ...fixture }: Fixture): KeptOutput {
  const { files } = planOn(before, chainOf({ before, ...fixture }));
  const names = [...new Set([...Object.keys(before), ...Object.keys(files)])].sort();
  const changed = names.filter((name) => !same(before[name], files[name]));
  return { with: fixture.with, before: packAll(Object.keys(before), before), changed: packAll(changed, files) };
}

function packAll(names: readonly string[], files: Readonly<Record<string, Buffer>>): KeptOutput['before'] {
  return Object.fromEntries(names.map((name) => [name, packFile(name, files[name])]));
}

function keepExample(name: string): void {
  const cwd = mkdtempSync(join(tmpdir(), 'tracewright-keep-'));
  copyExample(name, cwd);
  execFileSync(process.execPath, [join(root, 'dist/src/cli/main.js'), 'apply', '--yes'], { cwd, stdio: 'ignore' });
  const status = execFileSync('git', ['status', '--porcelain', '-uall', '-z', '--ignored'], { cwd, encoding: 'utf8' });
  for (const file of status.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(3)]))) {
    // Every service has its own copy of the middleware; one is enough here.
    const to = file.endsWith('.tgz') ? join(kept, file.slice(file.lastIndexOf('/') + 1)) : join(kept, 'examples', name, file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(cwd, file), to);
  }
  rmSync(cwd, { recursive: true, force: true });
}

function same(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}

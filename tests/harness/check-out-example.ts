import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** The legacy apps that a migration is proven on. */
export const exampleNames: readonly string[] = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'scenario.yaml')));

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The example as its owner has it, with scenarios and golden traces committed. */
export function checkOut(name: string): string {
  const cwd = mkdtempSync(join(tmpdir(), `tracewright-${name}-`));
  folders.push(cwd);
  const example = join(examples, name);
  cpSync(join(example, 'app'), cwd, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  cpSync(join(example, 'scenario.yaml'), join(cwd, 'tracewright.yaml'));
  mkdirSync(join(cwd, '.tracewright'));
  cpSync(join(example, 'golden'), join(cwd, '.tracewright', 'golden'), { recursive: true });
  const git = (...words: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'core.autocrlf=false', ...words], { cwd });
  };
  git('init', '-q');
  git('add', '-A', '-f');
  git('commit', '-qm', 'as it was');
  return cwd;
}

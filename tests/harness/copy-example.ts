import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** The legacy apps that a migration is proven on. */
export const exampleNames: readonly string[] = readdirSync(examples).filter((name) => existsSync(join(examples, name, 'scenario.yaml')));

/** Copies the example into a folder as its owner has it, with scenarios and golden traces committed. */
export function copyExample(name: string, cwd: string): void {
  const example = join(examples, name);
  cpSync(join(example, 'app'), cwd, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  cpSync(join(example, 'scenario.yaml'), join(cwd, 'tracewright.yaml'));
  mkdirSync(join(cwd, '.tracewright'));
  cpSync(join(example, 'golden'), join(cwd, '.tracewright', 'golden'), { recursive: true });
  commitAll(cwd, 'as it was', ['init', '-q']);
}

/** Commits every file of a folder, ignored ones too. */
export function commitAll(cwd: string, message: string, first?: readonly string[]): void {
  const git = (words: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'core.autocrlf=false', ...words], { cwd });
  };
  if (first !== undefined) git(first);
  git(['add', '-A', '-f']);
  git(['commit', '-qm', message]);
}

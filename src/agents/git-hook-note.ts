import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from './piece.ts';
import { typed } from './texts.ts';

/** Hook managers whose files are a person's to change, by the file that tells of them, and what to put there. */
const managers: readonly (readonly [file: string, said: RegExp, how: (command: string) => string])[] = [
  ...['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'].map(
    (file) => [file, /^/, (command: string) => `under pre-commit.commands: tracewright: { run: ${JSON.stringify(command)} }`] as const,
  ),
  ['package.json', /"simple-git-hooks"\s*:/, (command) => `under simple-git-hooks: "pre-commit": ${JSON.stringify(command)}`],
  [
    '.pre-commit-config.yaml',
    /^/,
    (command) =>
      `under repos: { repo: local, hooks: [{ id: tracewright, name: tracewright, language: system, pass_filenames: false, entry: ${JSON.stringify(command)} }] }`,
  ],
];

/** How a person adds the git hook where agent-init does not: undefined when husky runs it. */
export function gitHookNote(root: string, asked: Asked): string | undefined {
  if (existsSync(join(root, '.husky'))) return undefined;
  const command = `${typed(asked)} check --staged`;
  const found = managers.find(([file, said]) => existsSync(join(root, file)) && said.test(readFileSync(join(root, file), 'utf8')));
  if (found !== undefined) return `To check every commit, write in ${found[0]} ${found[2](command)}`;
  return `To check every commit, let your git hook (.git/hooks/pre-commit, or that of your hook manager) run: ${command}`;
}

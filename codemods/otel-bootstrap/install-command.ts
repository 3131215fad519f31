import type { DockerInstruction } from '../../src/contract/index.ts';

/** True when the RUN instruction installs what package.json names, rather than a tool by name. */
export function installs(instruction: DockerInstruction, dockerfile: string): boolean {
  const text = dockerfile.slice(instruction.start, instruction.end).replace(/\\\r?\n/g, ' ');
  return text.split(/&&|\|\||;|\n|\|/).some((command) => isInstall(command.split(/[\s"',[\]]+/).filter((word) => word !== '')));
}

function isInstall(words: readonly string[]): boolean {
  const at = words.findIndex((word) => /^(npm|yarn|pnpm|bun)$/.test(word));
  const [tool = '', ...rest] = words.slice(at === -1 ? words.length : at);
  if (rest.some((word) => word === '-g' || word === '--global' || word === 'global')) return false;
  const plain = withoutFlags(rest, tool);
  const [verb] = plain;
  if (tool === 'yarn' && verb === 'workspaces') return plain[1] === 'focus';
  if (tool === 'yarn' && (verb === undefined || verb === 'install')) return !rest.some((word) => word === '--version' || word === '-v');
  if (tool === 'npm') return plain.some((word) => /^(ci|clean-install)$/.test(word)) || /^(i|install|in|add)$/.test(verb ?? '');
  return /^(pnpm|bun)$/.test(tool) && /^(i|install)$/.test(verb ?? '');
}

/** Flags of these names take the next word: `pnpm --filter api install`, `yarn --cwd api`. */
const valued = /^(--filter|-F|--cwd|--prefix|--dir|-C|--workspace)$/;

function withoutFlags(words: readonly string[], tool: string): readonly string[] {
  const isValue = (before = ''): boolean => valued.test(before) || (tool === 'npm' && before === '-w');
  return words.filter((word, index) => !word.startsWith('-') && !word.includes('=') && !isValue(words[index - 1]));
}

import { join, relative } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { toolFolder, toolVersion } from '../engine/toolkit.ts';

/** How agents start this very program: by its exact version when it was installed, from its folder when that is a clone. */
export function ownProgram(root: string): readonly string[] {
  const folder = toolFolder();
  if (/[/\\]node_modules[/\\]/.test(folder)) return ['npx', '-y', `tracewright@${toolVersion()}`];
  return ['node', relative(root, join(folder, 'dist/src/cli/main.js')).replaceAll('\\', '/')];
}

/** The words of a command as a shell would split them; it has quotes, but no variables and no operators. Throws TW1072. */
export function splitCommand(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const left = words.reduce((rest, word) => rest.replace(word, ''), command).trim();
  if (words.length === 0 || left !== '') throw new TracewrightError('TW1072', `--command ${command} is not a command`);
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_all, single: string, double: string) => single ?? double));
}

import { relative } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { toolFolder, toolVersion } from '../engine/plan/toolkit.ts';

/** How agents start this very program. */
export function ownProgram(root: string): readonly string[] {
  return programIn(toolFolder(), root, toolVersion());
}

/** From the repository's own packages, never a download; by its exact version when it was installed elsewhere; from its folder when that is a clone. */
export function programIn(folder: string, root: string, version: string): readonly string[] {
  const near = relative(root, folder).replaceAll('\\', '/');
  if (near === 'node_modules/tracewright') return ['npx', '--no', `tracewright@${version}`];
  if (/[/\\]node_modules[/\\]/.test(folder)) return ['npx', '-y', `tracewright@${version}`];
  return ['node', `${near}/dist/src/cli/main.js`];
}

/** The words of a command as a shell would split them; it has quotes, but no variables and no operators. Throws TW1072. */
export function splitCommand(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const left = words.reduce((rest, word) => rest.replace(word, ''), command).trim();
  if (words.length === 0 || left !== '') throw new TracewrightError('TW1072', `--command ${command} is not a command`);
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_all, single: string, double: string) => single ?? double));
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRepo } from '../engine/index.ts';
import { quoteWord } from '../install/index.ts';
import { takeSurvey } from '../survey/index.ts';

/** The builds that make anew what lies there built, each with its reason: its sources have changed. */
export function buildSteps(folder: string, why: string): readonly (readonly [command: string, why: string])[] {
  const tree = openRepo(folder);
  return takeSurvey(tree).packages.flatMap(({ dir, manifest, build, packageManager }) => {
    const output = build?.output;
    if (output === undefined || output === dir || !existsSync(join(folder, output)) || !hasBuildScript(tree.read(manifest))) return [];
    const run = `${packageManager.replace('-berry', '')} run build`;
    const at = join(folder, dir);
    return [[at === '.' ? run : `(cd ${quoteWord(at)} && ${run})`, why] as const];
  });
}

function hasBuildScript(manifest: string | undefined): boolean {
  const { scripts }: { scripts?: Readonly<Record<string, unknown>> } = JSON.parse(manifest ?? '{}');
  return typeof scripts?.['build'] === 'string';
}

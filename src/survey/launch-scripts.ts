import { type FoundLaunch, launchScript, startsProgram } from './launch.ts';
import type { Manifest } from './manifests.ts';
import { listens } from './source-facts.ts';
import type { Surroundings } from './trail.ts';

/** Scripts that start the program by their name, or that run a file which listens. */
export function scriptLaunches(manifest: Manifest, around: Surroundings): FoundLaunch[] {
  return manifest.scripts.flatMap((script) => {
    const found = launchScript(manifest, script, around);
    if (startsProgram(script.name)) return found;
    if (/(^|[:\-_.])(test|tests|lint|build|e2e|coverage|bench|benchmark)([:\-_.]|$)|^(pre|post)/i.test(script.name)) return [];
    return found.filter(({ launch }) => launch.entry !== undefined && launch.chain.length === 1 && listens(around.reading, launch.entry));
  });
}

/** A script that another launch ends in, whatever its name. */
export function ownedScript(key: string, around: Surroundings): FoundLaunch[] {
  const at = key.lastIndexOf('#');
  const manifest = around.manifests.find((each) => each.dir === key.slice(0, at));
  const script = manifest?.scripts.find((each) => each.name === key.slice(at + 1));
  return manifest && script ? launchScript(manifest, script, around) : [];
}

import type { Launch } from '../../contract/index.ts';
import { listens } from '../facts/source-facts.ts';
import type { Manifest, Script } from '../read/manifests.ts';
import { isInside, within } from '../read/paths.ts';
import { type FoundLaunch, isChore, launchScript, startsProgram } from './launch.ts';
import type { Surroundings } from './trail.ts';

const notPrograms =
  /(^|[:\-_.])(pre|post)?(test|tests|lint|build|e2e|coverage|bench|benchmark|examples?|demos?|samples?)([:\-_.]|$)|^(pre|post)/i;
const notProducts = /^(examples?|demos?|samples?|tests?|spec|e2e|bench|benchmarks?|docs|scripts)\//;

/** Scripts that start the program by their name, or that run a file which listens; an errand loads much of what the server does, and ends. */
export function scriptLaunches(manifest: Manifest, around: Surroundings): FoundLaunch[] {
  const errands: Script[] = [];
  const launches = manifest.scripts.flatMap((script) => {
    const found = launchScript(manifest, script, around).filter(({ launch }) => isProduct(manifest, launch.entry));
    if (startsProgram(script.name) && !isErrand(script.name)) return found;
    if (notPrograms.test(script.name)) return [];
    const own = found.filter(({ launch }) => launch.entry !== undefined && launch.chain.length === 1 && serves(around, launch, 3));
    const going = isChore(script.name) ? [] : own.filter(({ launch }) => serves(around, launch, 1));
    if (own.length > going.length) errands.push(script);
    return going;
  });
  const [first] = errands;
  if (first !== undefined) around.reading.report('TW1016', errands.map(({ name }) => name).join(', '), first.evidence);
  return launches;
}

function serves({ reading }: Surroundings, { entry }: Launch, steps: number): boolean {
  return entry !== undefined && listens(reading, entry, steps);
}

/** `app:config`, `doctor:prod`: named after the program or where it runs, but it may do anything; only a file that goes on running counts. */
function isErrand(name: string): boolean {
  const what = name.replace(/([:\-_.]prod(uction)?)+$/i, '');
  if (what !== name && !startsProgram(what)) return true;
  const [, rest] = /^(?:server|web|worker|app|api|service|daemon|cluster)[:\-_.](.+)$/i.exec(name) ?? [];
  return rest !== undefined && !startsProgram(rest);
}

/** A library starts its examples; that does not make it a service. */
function isProduct(manifest: Manifest, entry: string | undefined): boolean {
  return entry === undefined || !isInside(manifest.dir, entry) || !notProducts.test(within(manifest.dir, entry));
}

/** A script that another launch ends in, whatever its name. */
export function ownedScript(key: string, around: Surroundings): FoundLaunch[] {
  const at = key.lastIndexOf('#');
  const manifest = around.manifests.find((each) => each.dir === key.slice(0, at));
  const script = manifest?.scripts.find((each) => each.name === key.slice(at + 1));
  return manifest && script ? launchScript(manifest, script, around) : [];
}

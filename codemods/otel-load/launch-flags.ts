import type { Dockerfile, Draft, Launch, Package, Repo, Splice, Task } from '../../src/contract/index.ts';
import { flagText } from '../../src/survey/index.ts';
import { baseOf, folderOf, joinPath, relativeFrom } from '../kit/index.ts';
import { type Bootstrap, lackingImage } from '../service/index.ts';
import { reasons } from './reasons.ts';

/** What a flag loads, and what else its launch needs. */
export interface Load {
  readonly bootstrap: Bootstrap;
  readonly libraries: readonly string[];
  readonly why: string;
  readonly pkg: Package;
  readonly dockerfiles: readonly Dockerfile[];
  readonly repo: Repo;
}

/** `--import` on every launch that ends in an entry of this bootstrap; launches that cannot take it become tasks. */
export function launchFlags(launches: readonly Launch[], load: Load): Draft {
  const { bootstrap, libraries, why, pkg, dockerfiles, repo } = load;
  const files = new Set(bootstrap.entries.map((entry) => entry.file));
  const edits = new Map<string, Splice>();
  const tasks: Task[] = [];
  for (const launch of launches) {
    if (launch.entry === undefined || !files.has(launch.entry)) continue;
    const path = pathIn(launch, launch.entry, bootstrap.file);
    if (isPreloaded(launch, path)) continue;
    const answer = flagFor(launch, path, libraries, launches);
    if (answer === undefined) continue;
    const image = 'kind' in answer ? lackingImage(launch, launches, path, bootstrap, pkg, dockerfiles, repo) : undefined;
    if (image !== undefined) tasks.push(leaveFlag(launch, path, bootstrap, image));
    else if ('kind' in answer) edits.set(`${answer.file}:${answer.start}`, { ...answer, why });
    else tasks.push(answer);
  }
  return { edits: [...edits.values()], tasks };
}

/** Takes out the flag that an earlier version wrote for a hook which is no longer needed; the first line loads the bootstrap in time. */
export function dropFlags(launches: readonly Launch[], bootstrap: Bootstrap, repo: Repo): Draft {
  if (bootstrap.form !== 'loader') return { edits: [], tasks: [] };
  const files = new Set(bootstrap.entries.map((entry) => entry.file));
  const edits = new Map<string, Splice>();
  for (const launch of launches) {
    const { entry, flags: slot } = launch;
    if (entry === undefined || slot === undefined || !files.has(entry)) continue;
    const path = pathIn(launch, entry, bootstrap.file);
    const text = repo.read(slot.file) ?? '';
    const written = [['--import', path], [`--import=${path}`]].map((flags) => flagText(slot, flags));
    const found = written.find((flags) => text.startsWith(flags, slot.offset));
    if (found === undefined) continue;
    const end = slot.offset + found.length;
    edits.set(`${slot.file}:${slot.offset}`, { kind: 'splice', file: slot.file, start: slot.offset, end, text: '', why: reasons.noFlag });
  }
  return { edits: [...edits.values()], tasks: [] };
}

/** The bootstrap as the launch names it: an image may hold entry and bootstrap in another folder than the repository does. */
function pathIn({ kind, command, cwd }: Launch, entry: string, bootstrap: string): string {
  const word = kind === 'dockerfile' ? command.split(/\s+/).find((each) => baseOf(each) === baseOf(entry)) : undefined;
  if (word === undefined || word.startsWith('/') || folderOf(entry) !== folderOf(bootstrap)) return relativeFrom(cwd, bootstrap);
  return `./${joinPath(folderOf(word.replace(/^\.\//, '')), baseOf(bootstrap))}`;
}

/** A flag for a file that is not there stops the program, so the launch is left as it is. */
function leaveFlag({ evidence, command }: Launch, path: string, { file }: Bootstrap, image: Dockerfile): Task {
  return { ...evidence, why: reasons.lacking(command, file, image.file), next: reasons.lackingNext(path) };
}

type Unexplained = Omit<Splice, 'why'>;

function flagFor(launch: Launch, path: string, libraries: readonly string[], launches: readonly Launch[]): Unexplained | Task | undefined {
  const { flags: slot, runner = 'node', evidence, command } = launch;
  if (/^ts-node/.test(runner)) return { ...evidence, why: reasons.tsNode(command, libraries), next: reasons.tsNodeNext };
  if (slot === undefined) {
    if (endsInAnother(launch, launches)) return undefined;
    const next = runner === 'nest' ? reasons.nestNext(path) : reasons.uncontrolledNext(`--import ${path}`);
    return { ...evidence, why: reasons.uncontrolled(command, libraries), next };
  }
  // Wrappers such as nodemon take a word without a dash for the script, so the flag is one word there.
  const flags = runner === 'node' || runner === 'tsx' ? ['--import', path] : [`--import=${path}`];
  return {
    kind: 'splice',
    file: slot.file,
    start: slot.offset,
    end: slot.offset,
    text: flagText(slot, flags),
  };
}

function isPreloaded(launch: Launch, path: string): boolean {
  const bare = path.replace(/^\.\//, '');
  return launch.preloads?.some((preload) => preload.replace(/^\.\//, '') === bare || preload.endsWith(`/${bare}`)) ?? false;
}

/** A launch such as `npm start` is served by the script that it calls, and `pm2-runtime pm2.json` by the app in that file. */
function endsInAnother(launch: Launch, launches: readonly Launch[]): boolean {
  const last = launch.chain.at(-1);
  const isServing = ({ kind, name, evidence }: Launch): boolean => name === last || (kind === 'pm2' && baseOf(evidence.file) === last);
  return launches.some((other) => other !== launch && isServing(other) && other.entry === launch.entry && other.flags !== undefined);
}

import type { Dockerfile, Entry, Launch, Package, Repo } from '../../src/contract/index.ts';
import { baseOf, folderOf, isWithin, joinPath, relativeFrom, withoutFolder } from '../kit/index.ts';
import type { Bootstrap } from './bootstrap.ts';
import { isPlacedAt, placeOf, resolveContainer, type StageFiles, stagesIn } from './docker-files.ts';

/** The Dockerfile whose container would not find the bootstrap at the path that a flag of this launch names; a missing file stops the program. */
export function lackingImage(
  launch: Launch,
  launches: readonly Launch[],
  path: string,
  bootstrap: Bootstrap,
  pkg: Package,
  dockerfiles: readonly Dockerfile[],
  repo: Repo,
): Dockerfile | undefined {
  const starts = launches.filter((each) => each.kind === 'dockerfile' && (each === launch || isServedBy(each, launch)));
  return starts
    .flatMap((start) => dockerfiles.filter(({ file }) => file === start.evidence.file).map((dockerfile) => ({ start, dockerfile })))
    .find(({ start, dockerfile }) => {
      const stage = stageOf(start, dockerfile, repo);
      const file = withoutFolder(bootstrap.file, dockerfile.context);
      if (stage === undefined || !isWithin(bootstrap.file, dockerfile.context)) return true;
      if (start === launch) return !isFound(stage, file, stage.workdir, path, /\bcd\s/.test(launch.command));
      const manifest = placeOf(stage, withoutFolder(pkg.manifest, dockerfile.context))?.path;
      return !isFound(stage, file, manifest === undefined ? stage.workdir : folderOf(manifest) || '/', path, false);
    })?.dockerfile;
}

/** `CMD npm start` ends in the script that it calls, `CMD pm2-runtime pm2.json` in the app of that file. */
function isServedBy(start: Launch, launch: Launch): boolean {
  const last = start.chain.at(-1);
  if (start.flags !== undefined || start.entry !== launch.entry) return false;
  return last === launch.name || (launch.kind === 'pm2' && baseOf(launch.evidence.file) === last);
}

function isFound(stage: StageFiles, file: string, folder: string, path: string, isElsewhere: boolean): boolean {
  return isElsewhere ? placeOf(stage, file) !== undefined : isPlacedAt(stage, file, resolveContainer(folder, path));
}

function stageOf(launch: Launch, dockerfile: Dockerfile, repo: Repo): StageFiles | undefined {
  const index = dockerfile.stages.findIndex(({ name }) => name !== undefined && name === launch.name);
  return stagesIn(dockerfile, repo).at(index);
}

/** The Dockerfile whose image has an entry without the bootstrap at the place from where its first line would load it. */
export function imageWithout(
  entry: Entry,
  bootstrap: Bootstrap,
  pkg: Package,
  launches: readonly Launch[],
  dockerfiles: readonly Dockerfile[],
  repo: Repo,
): Dockerfile | undefined {
  // A compiler or a bundler carries it, or stops the build.
  if (bootstrap.form === 'import' || pkg.build?.bundles || pkg.build?.hoists) return undefined;
  const specifier = relativeFrom(folderOf(entry.file), bootstrap.file);
  const files = new Set(bootstrap.entries.map(({ file }) => file));
  return dockerfiles.find((dockerfile) => {
    if (!isWithin(pkg.dir, dockerfile.context)) return false;
    const started = launches.filter(({ kind, evidence }) => kind === 'dockerfile' && evidence.file === dockerfile.file);
    const named = started.filter((each) => each.entry !== undefined && files.has(each.entry));
    if (named.length > 0 && !named.some((each) => each.entry === entry.file)) return false;
    const stage = stagesIn(dockerfile, repo).at(-1);
    const ran = stage && ranPath(stage, entry, pkg, dockerfile);
    const file = withoutFolder(bootstrap.file, dockerfile.context);
    return stage !== undefined && ran !== undefined && !isPlacedAt(stage, file, resolveContainer(folderOf(ran) || '/', specifier));
  });
}

/** Where the image has the entry: the file itself, or what the build makes of it. */
function ranPath(stage: StageFiles, { file }: Entry, { build }: Package, { context }: Dockerfile): string | undefined {
  const own = placeOf(stage, withoutFolder(file, context))?.path;
  if (own !== undefined || build?.output === undefined || !isWithin(build.output, context)) return own;
  const source = build.source ?? folderOf(file);
  if (!isWithin(file, source)) return undefined;
  const built = joinPath(build.output, withoutFolder(file, source).replace(/\.([cm]?)[jt]sx?$/, '.$1js'));
  return placeOf(stage, withoutFolder(built, context))?.path;
}

import type { Dockerfile, DockerInstruction, DockerStage, Entry, Repo, Splice, Task } from '../../src/contract/index.ts';
import { folderOf, isWithin, joinPath, withoutFolder } from '../kit/index.ts';
import {
  type Bootstrap,
  contextFiles,
  follow,
  homeIn,
  inherited,
  isPlacedAt,
  joinContainer,
  placeOf,
  type StageFiles,
  type Step,
  type TracedService,
} from '../service/index.ts';
import { leaveBuiltFolder, leaveWrittenManifest, type Walk } from './built-manifests.ts';
import { copyAfter } from './docker-copy.ts';
import { mountEdit } from './docker-mount.ts';
import { installs } from './install-command.ts';
import { vendored } from './manifest-edits.ts';
import { reasons } from './reasons.ts';

export interface DockerChanges {
  readonly edits: readonly Splice[];
  readonly tasks: readonly Task[];
}

interface Ran {
  readonly file: string;
  readonly path: string;
  readonly by?: Step;
}

/**
 * Follows what each stage copies, in order.
 *
 *   manifest there, packed middleware not, before an install   -> COPY vendor
 *   entry there, bootstrap not beside it, at the end           -> COPY instrumentation.*
 */
export function dockerChanges(traced: TracedService, dockerfiles: readonly Dockerfile[], repo: Repo, isVendored: boolean): DockerChanges {
  const walks = dockerfiles.flatMap((dockerfile) => {
    const text = repo.read(dockerfile.file);
    if (text === undefined || !isWithin(traced.pkg.dir, dockerfile.context)) return [];
    const home = withoutFolder(traced.pkg.dir, dockerfile.context);
    const walk: Walk = { dockerfile, text, traced, home, files: contextFiles(dockerfile, repo), isVendored, edits: [], tasks: [] };
    walkStages(walk);
    return [walk];
  });
  return { edits: walks.flatMap((walk) => walk.edits), tasks: walks.flatMap((walk) => walk.tasks) };
}

function walkStages(walk: Walk): void {
  const earlier = new Map<string, StageFiles>();
  walk.dockerfile.stages.forEach((stage, index) => {
    leaveOnbuild(walk, stage);
    let held = inherited(stage, earlier);
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'RUN' && installs(instruction, walk.text)) held = ensureVendor(walk, held, instruction);
      held = follow(held, instruction, earlier, walk.files);
    }
    held = withOutput(walk, ensureBootstraps(walk, held));
    earlier.set(String(index), held);
    if (stage.name !== undefined) earlier.set(stage.name.toLowerCase(), held);
  });
}

/** Such an image installs what package.json names before any line of this Dockerfile runs. */
function leaveOnbuild({ dockerfile, text, tasks }: Walk, { image }: DockerStage): void {
  if (!/\bonbuild\b/.test(image)) return;
  const line = text.slice(0, text.indexOf(image)).split('\n').length;
  tasks.push({ file: dockerfile.file, line, why: reasons.onbuild(image), next: reasons.onbuildNext });
}

function ensureVendor(walk: Walk, held: StageFiles, install: DockerInstruction): StageFiles {
  const manifest = placeOf(held, joinPath(walk.home, 'package.json'));
  const file = joinPath(walk.home, vendored);
  if (!walk.isVendored) return held;
  if (manifest === undefined) {
    const edit = mountEdit(walk.dockerfile.file, walk.text, install, walk.home);
    if (edit !== undefined) walk.edits.push(edit);
    else leaveWrittenManifest(walk, held, install);
    return held;
  }
  const root = folderOf(manifest.path) || '/';
  leaveBuiltFolder(walk, held, install, root);
  if (isPlacedAt(held, file, joinContainer(root, vendored))) return held;
  const folder = joinPath(walk.home, 'vendor');
  return copyAfter(walk, held, manifest.by ?? { instruction: install, workdir: held.workdir }, {
    from: folder,
    to: joinContainer(root, 'vendor'),
    isFolder: true,
    why: reasons.copyVendor,
  });
}

function ensureBootstraps(walk: Walk, held: StageFiles): StageFiles {
  return walk.traced.bootstraps
    .filter(({ form }) => form !== 'import')
    .flatMap((bootstrap) => entriesIn(walk, bootstrap).map((entry) => ({ bootstrap, entry })))
    .reduce((stage, { bootstrap, entry }) => ensureBootstrap(walk, stage, bootstrap, entry), held);
}

/** The entries that containers of this image start; all of them where no launch says so. */
function entriesIn({ traced, dockerfile }: Walk, { entries }: Bootstrap): readonly Entry[] {
  const started = traced.service.launches
    .filter(({ kind, evidence }) =>
      kind === 'dockerfile' ? evidence.file === dockerfile.file : kind === 'compose' || kind === 'kubernetes',
    )
    .map(({ entry }) => entry);
  const named = entries.filter(({ file }) => started.includes(file));
  return named.length > 0 ? named : entries;
}

function ensureBootstrap(walk: Walk, stage: StageFiles, bootstrap: Bootstrap, entry: Entry): StageFiles {
  const file = withoutFolder(bootstrap.file, walk.dockerfile.context);
  const source = withoutFolder(entry.file, walk.dockerfile.context);
  const output = outputOf(walk);
  const isCarried = bootstrap.form === 'require' && file.endsWith('.js');
  const ran = ranPlace(stage, source, isCarried ? undefined : output);
  if (ran === undefined) return stage;
  const shared = sharedFolder(folderOf(ran.file), folderOf(file));
  const within = withoutFolder(ran.file, shared);
  // A build that moves the entry is started with --import, which names the bootstrap from the working folder.
  const isNamedFromThere = bootstrap.form === 'loader' && folderOf(source) === folderOf(file);
  const root = homeIn(folderOf(ran.path), folderOf(within)) ?? (isNamedFromThere ? stage.workdir : undefined);
  if (root === undefined) return leaveToPerson(walk, stage, file, ran.by);
  const to = joinContainer(root, withoutFolder(file, shared));
  if (isPlacedAt(stage, file, to) || ran.by === undefined) return stage;
  return copyAfter(walk, stage, ran.by, { from: file, to, isFolder: false, why: reasons.copyBootstrap });
}

/** The folder that holds both. */
function sharedFolder(one: string, other: string): string {
  return isWithin(other, one) ? one : sharedFolder(folderOf(one), other);
}

/** Where the stage has the code that runs: the entry itself, or the build output that stands for it. */
function ranPlace(stage: StageFiles, entry: string, output: string | undefined): Ran | undefined {
  for (const file of output === undefined ? [entry] : [entry, joinPath(output, 'index.js')]) {
    const place = placeOf(stage, file);
    if (place !== undefined) return { file, ...place };
  }
  const named = stage.placed.findLast(({ from }) => output !== undefined && isWithin(from, output) && /\.[cm]?js$/.test(from));
  return named === undefined ? undefined : { file: named.from, path: named.to, ...(named.by && { by: named.by }) };
}

/** Folder of the build's output as the build context would name it. */
function outputOf({ traced, dockerfile }: Walk): string | undefined {
  const output = traced.pkg.build?.output;
  return output === undefined || !isWithin(output, dockerfile.context) ? undefined : withoutFolder(output, dockerfile.context);
}

/** No COPY brings what a stage builds from the sources it holds, yet later stages copy it from there. */
function withOutput(walk: Walk, stage: StageFiles): StageFiles {
  const from = outputOf(walk);
  if (from === undefined || placeOf(stage, joinPath(from, 'index.js')) !== undefined) return stage;
  const built = walk.traced.service.entries.flatMap(({ file }) => {
    const entry = withoutFolder(file, walk.dockerfile.context);
    const path = placeOf(stage, entry)?.path;
    const base = [walk.home, ''].find((folder) => isWithin(from, folder) && path?.endsWith(`/${withoutFolder(entry, folder)}`));
    if (path === undefined || base === undefined) return [];
    const root = path.slice(0, -withoutFolder(entry, base).length - 1) || '/';
    return [{ from, to: joinContainer(root, withoutFolder(from, base)) }];
  });
  return { ...stage, placed: [...stage.placed, ...built.slice(0, 1)] };
}

function leaveToPerson(walk: Walk, stage: StageFiles, file: string, by: Step | undefined): StageFiles {
  const { file: dockerfile } = walk.dockerfile;
  if (by !== undefined)
    walk.tasks.push({
      file: dockerfile,
      line: by.instruction.line,
      why: reasons.strangePlace(file, dockerfile),
      next: reasons.strangePlaceNext(file),
    });
  return stage;
}

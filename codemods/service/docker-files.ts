import type { Dockerfile, DockerInstruction, DockerStage, Repo } from '../../src/contract/index.ts';
import { baseOf, folderOf, isWithin, joinPath, withoutFolder } from '../kit/index.ts';
import { globMatches } from './docker-globs.ts';

/** A file or folder of the build context and where a stage has it. `from` is relative to the context; '' is all of it. */
interface Placed {
  readonly from: string;
  readonly to: string;
  /** What put it there in this stage; undefined when an earlier stage did. */
  readonly by?: Step;
}

/** An instruction and the working directory it ran in. */
export interface Step {
  readonly instruction: DockerInstruction;
  readonly workdir: string;
}

/** What a stage holds at one moment. */
export interface StageFiles {
  readonly workdir: string;
  readonly placed: readonly Placed[];
}

const emptyStage: StageFiles = { workdir: '/', placed: [] };

/** Container path of a context file, as the latest copy left it. */
export function placeOf(stage: StageFiles, file: string): { readonly path: string; readonly by?: Step } | undefined {
  const found = stage.placed.findLast((placed) => isWithin(file, placed.from));
  if (found === undefined) return undefined;
  const rest = withoutFolder(file, found.from);
  const path = rest === '' ? found.to : joinContainer(found.to, rest);
  return found.by === undefined ? { path } : { path, by: found.by };
}

/** True when the file is at that very place. */
export function isPlacedAt(stage: StageFiles, file: string, path: string): boolean {
  return stage.placed.some((placed) => isWithin(file, placed.from) && joinContainer(placed.to, withoutFolder(file, placed.from)) === path);
}

/** The stage after an instruction. */
export function follow(
  stage: StageFiles,
  instruction: DockerInstruction,
  earlier: ReadonlyMap<string, StageFiles>,
  contextFiles: readonly string[],
): StageFiles {
  if (instruction.keyword === 'WORKDIR') return { ...stage, workdir: resolveContainer(stage.workdir, instruction.arguments[0] ?? '') };
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return stage;
  const [destination = '.', ...reversed] = [...instruction.arguments].reverse();
  const sources = reversed.reverse().filter((source) => !source.startsWith('<<') && !source.includes('://'));
  const source = flagOf(instruction, 'from');
  const added =
    source === undefined
      ? sources.flatMap((each) => fromContext(each, destination, sources.length > 1, stage.workdir, contextFiles))
      : sources.flatMap((each) => fromStage(each, destination, stage.workdir, earlier.get(source.toLowerCase()), contextFiles));
  const by = { instruction, workdir: stage.workdir };
  return { ...stage, placed: [...stage.placed, ...added.map((placed) => ({ ...placed, by }))] };
}

/** A stage starts with what the image it is built from holds. */
export function inherited(stage: DockerStage, earlier: ReadonlyMap<string, StageFiles>): StageFiles {
  const base = earlier.get(stage.image.toLowerCase());
  return base === undefined ? emptyStage : { workdir: base.workdir, placed: base.placed.map(({ from, to }) => ({ from, to })) };
}

/** True when an image runs a file from another folder, seen from package.json, than the repository has it in. */
export function isMovedInImage(file: string, dir: string, dockerfiles: readonly Dockerfile[], repo: Repo): boolean {
  return dockerfiles.some((dockerfile) => {
    if (!isWithin(dir, dockerfile.context)) return false;
    const path = placeOf(finalStage(dockerfile, repo), withoutFolder(file, dockerfile.context))?.path;
    return path !== undefined && homeIn(folderOf(path), folderOf(withoutFolder(file, dir))) === undefined;
  });
}

/** The folder that `inside` is below in `folder`; undefined when it is not. */
export function homeIn(folder: string, inside: string): string | undefined {
  if (inside === '') return folder || '/';
  return folder.endsWith(`/${inside}`) ? folder.slice(0, -inside.length - 1) || '/' : undefined;
}

const endings = new WeakMap<Repo, Map<Dockerfile, readonly StageFiles[]>>();

/** What the image holds in the end. */
function finalStage(dockerfile: Dockerfile, repo: Repo): StageFiles {
  return stagesIn(dockerfile, repo).at(-1) ?? emptyStage;
}

/** What each stage holds in the end. Asked for each service, and the same for all. */
export function stagesIn(dockerfile: Dockerfile, repo: Repo): readonly StageFiles[] {
  const known = endings.get(repo) ?? new Map<Dockerfile, readonly StageFiles[]>();
  endings.set(repo, known);
  const held = known.get(dockerfile) ?? followStages(dockerfile, repo);
  known.set(dockerfile, held);
  return held;
}

function followStages(dockerfile: Dockerfile, repo: Repo): readonly StageFiles[] {
  const files = contextFiles(dockerfile, repo);
  const earlier = new Map<string, StageFiles>();
  return dockerfile.stages.map((stage, index) => {
    const held = stage.instructions.reduce((before, each) => follow(before, each, earlier, files), inherited(stage, earlier));
    earlier.set(String(index), held);
    if (stage.name !== undefined) earlier.set(stage.name.toLowerCase(), held);
    return held;
  });
}

/** Files of the build context, relative to it. */
export function contextFiles(dockerfile: Dockerfile, repo: Repo): readonly string[] {
  return repo.files.filter((file) => isWithin(file, dockerfile.context)).map((file) => withoutFolder(file, dockerfile.context));
}

function flagOf(instruction: DockerInstruction, name: string): string | undefined {
  const prefix = `--${name}=`;
  return instruction.flags?.find((flag) => flag.startsWith(prefix))?.slice(prefix.length);
}

function fromContext(source: string, destination: string, several: boolean, workdir: string, files: readonly string[]): readonly Placed[] {
  const path = tidy(source);
  const to = resolveContainer(workdir, destination);
  if (path === '') return [{ from: '', to }];
  const matches = /[*?[]/.test(path) ? globMatches(path, files) : [path];
  return matches.map((from) => {
    const isFolder = !files.includes(from) && (files.some((file) => file.startsWith(`${from}/`)) || !baseOf(from).includes('.'));
    if (isFolder) return { from, to };
    const intoFolder = several || matches.length > 1 || /(^|\/)\.{0,2}$/.test(destination) || to === workdir || !baseOf(to).includes('.');
    return { from, to: intoFolder ? joinContainer(to, baseOf(from)) : to };
  });
}

function fromStage(
  source: string,
  destination: string,
  workdir: string,
  stage: StageFiles | undefined,
  files: readonly string[],
): readonly Placed[] {
  if (stage === undefined) return [];
  const from = resolveContainer('/', source).replace(/\/\*$/, '');
  const to = resolveContainer(workdir, destination);
  if (/[*?[]/.test(from)) return patternFromStage(from, to, stage, files);
  return stage.placed.flatMap((placed) => {
    if (isInContainer(placed.to, from)) {
      const rest = placed.to.slice(from.length).replace(/^\//, '');
      const isNamedFile = rest === '' && baseOf(from).includes('.') && (destination.endsWith('/') || destination.endsWith('.'));
      return [{ from: placed.from, to: isNamedFile ? joinContainer(to, baseOf(from)) : joinContainer(to, rest) }];
    }
    if (!isInContainer(from, placed.to)) return [];
    const inside = from.slice(placed.to === '/' ? 1 : placed.to.length + 1);
    const isFile = baseOf(inside).includes('.') && (destination.endsWith('/') || destination.endsWith('.'));
    return [{ from: joinPath(placed.from, inside), to: isFile ? joinContainer(to, baseOf(inside)) : to }];
  });
}

/** A pattern takes the files that it matches, each under its own name; what a build wrote is not known by name, so it takes the folder. */
function patternFromStage(pattern: string, to: string, stage: StageFiles, files: readonly string[]): readonly Placed[] {
  return stage.placed.flatMap((placed) => {
    const inside = (path: string): string => {
      const rest = path.slice(placed.to === '/' ? 1 : placed.to.length + 1);
      return rest === '' ? placed.from : joinPath(placed.from, rest);
    };
    const held = files
      .filter((file) => isWithin(file, placed.from))
      .map((file) => joinContainer(placed.to, withoutFolder(file, placed.from)));
    const folder = folderOf(pattern);
    if (held.length === 0 && isInContainer(folder, placed.to) && !/[*?[]/.test(folder)) return [{ from: inside(folder), to }];
    return globMatches(pattern, held).map((path) => ({ from: inside(path), to: joinContainer(to, baseOf(path)) }));
  });
}

function isInContainer(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

function tidy(source: string): string {
  const parts: string[] = [];
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Absolute path in the container. A variable that nothing here states is empty as a whole path, and a folder at the root before more of it. */
export function resolveContainer(workdir: string, path: string): string {
  if (/^\$(\w+|\{\w+\})\/?$/.test(path)) return workdir;
  if (path.startsWith('/') || path.startsWith('$')) return `/${tidy(path)}`;
  return `/${tidy(`${workdir}/${path}`)}`;
}

export function joinContainer(folder: string, rest: string): string {
  if (rest === '') return folder;
  return folder === '/' ? `/${rest}` : `${folder}/${rest}`;
}

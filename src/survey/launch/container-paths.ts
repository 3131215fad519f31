import type { Dockerfile, DockerInstruction, DockerStage } from '../../contract/index.ts';
import { baseName, dirOf, globExpression, isInside, joinPath, within } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { type Place, tails } from './trail.ts';

/** A stage with what it inherits from the stage it is built on. */
export interface Layer {
  readonly stage: DockerStage;
  /** The image it stands on in the end, when stages are built on stages. */
  readonly image: string;
  readonly instructions: readonly DockerInstruction[];
}

const known = new WeakMap<Dockerfile, readonly Layer[]>();

export function layersOf(dockerfile: Dockerfile): readonly Layer[] {
  const layers = known.get(dockerfile) ?? readLayers(dockerfile);
  known.set(dockerfile, layers);
  return layers;
}

function readLayers(dockerfile: Dockerfile): readonly Layer[] {
  const layers: Layer[] = [];
  for (const stage of dockerfile.stages) {
    const base = layers.find((each) => each.stage.name !== undefined && each.stage.name.toLowerCase() === stage.image.toLowerCase());
    const image = base?.image ?? stage.image;
    layers.push({ stage, image, instructions: [...(base?.instructions ?? []), ...stage.instructions] });
  }
  return layers;
}

/** Absolute folder in the container after these instructions. */
function workdirOf(instructions: readonly DockerInstruction[], from = '/'): string {
  return instructions
    .filter((each) => each.keyword === 'WORKDIR')
    .map((each) => (each.arguments[0] ?? '').replace(/^"(.*)"$/, '$1'))
    .reduce((at, dir) => inContainer(at, dir), from);
}

function inContainer(cwd: string, path: string): string {
  return (path.startsWith('/') ? joinPath(path) : joinPath(cwd, path)) || '/';
}

/** How paths in the container of a stage become repository paths: by its COPY instructions, the last first. */
export function dockerPlace(dockerfile: Dockerfile, layer: Layer, reading: Reading): Place {
  const image: Image = { dockerfile, layers: layersOf(dockerfile), context: dockerfile.context, reading, ...tracesOf(dockerfile) };
  const cwd = workdirOf(layer.instructions);
  return {
    cwd,
    locate(path) {
      const absolute = inContainer(cwd, path);
      const inside = isBelow(cwd, absolute) ? [joinPath(image.context, below(cwd, absolute))] : [];
      const guesses = tails(absolute).map((tail) => joinPath(image.context, tail));
      return [...new Set([...copiedFrom(absolute, layer, image, 0), ...inside, ...guesses])];
    },
  };
}

interface Image extends Traces {
  readonly dockerfile: Dockerfile;
  readonly layers: readonly Layer[];
  readonly context: string;
  readonly reading: Reading;
}

/** What is known about the copies of one Dockerfile. */
interface Traces {
  readonly copies: Map<Layer, readonly Copied[]>;
  /** Answers by layer, depth and path. */
  readonly answers: Map<string, readonly string[]>;
}

/** A COPY or ADD, and the folder it runs in. */
interface Copied {
  readonly instruction: DockerInstruction;
  readonly cwd: string;
}

const traces = new WeakMap<Dockerfile, Traces>();

function tracesOf(dockerfile: Dockerfile): Traces {
  const found = traces.get(dockerfile) ?? { copies: new Map(), answers: new Map() };
  traces.set(dockerfile, found);
  return found;
}

/** The copies of a layer, the last first. */
function copiesOf({ copies }: Image, layer: Layer): readonly Copied[] {
  const before = copies.get(layer);
  if (before !== undefined) return before;
  const found: Copied[] = [];
  let cwd = '/';
  for (const instruction of layer.instructions) {
    if (instruction.keyword === 'WORKDIR') cwd = workdirOf([instruction], cwd);
    if (/^(COPY|ADD)$/.test(instruction.keyword)) found.push({ instruction, cwd });
  }
  copies.set(layer, found.reverse());
  return found;
}

function isBelow(dir: string, path: string): boolean {
  return dir === '/' || isInside(dir, path);
}

/** Path under an absolute folder, '' for the folder itself. */
function below(dir: string, path: string): string {
  if (path === dir) return '';
  return dir === '/' ? path.slice(1) : within(dir, path);
}

/** Questions about the copies of one Dockerfile that are followed. Stages that copy from each other lead on in ever more ways. */
const enough = 500;

/** Repository paths that were copied to `path`, the last COPY first. */
function copiedFrom(path: string, layer: Layer, image: Image, depth: number): readonly string[] {
  if (depth > 6) return [];
  const { answers, dockerfile, layers, reading } = image;
  const question = `${layers.indexOf(layer)} ${depth} ${path}`;
  const before = answers.get(question);
  if (before !== undefined) return before;
  if (answers.size >= enough) {
    const detail = `${dockerfile.file}: its stages copy from each other in more than ${enough} ways, of which the others were not followed`;
    reading.report('TW1007', detail, { file: dockerfile.file, line: dockerfile.stages[0]?.instructions[0]?.line ?? 1 });
    return [];
  }
  const found = copiesOf(image, layer).flatMap(({ instruction, cwd }) => originsOf(path, instruction, cwd, image, depth));
  const once = [...new Set(found)];
  answers.set(question, once);
  return once;
}

function originsOf(path: string, copy: DockerInstruction, cwd: string, image: Image, depth: number): readonly string[] {
  const from = copy.flags?.map((flag) => /^--from=(.*)$/.exec(flag)?.[1]).find((each) => each !== undefined);
  const other = image.layers.find((each, index) => from !== undefined && (each.stage.name === from || String(index) === from));
  // Another image: nothing of it is in the repository.
  if (from !== undefined && !other) return [];
  const written = copy.arguments.at(-1) ?? '';
  const sources = copy.arguments.slice(0, -1);
  const target = inContainer(cwd, written);
  const isFolder = /(\/|^\.{1,2})$/.test(written) || sources.length > 1 || target === cwd;
  const origins = sources.flatMap((source) => {
    const bare = joinPath(source.replace(/^\/+/, '')) || '';
    const isDir = other !== undefined || image.reading.hasDir(joinPath(image.context, bare));
    return originIn({ bare, isDir, target, isFolder }, path);
  });
  return origins.flatMap((origin) =>
    other ? copiedFrom(joinPath('/', origin), other, image, depth + 1) : [joinPath(image.context, origin)],
  );
}

interface Copy {
  readonly bare: string;
  readonly isDir: boolean;
  readonly target: string;
  /** True when the target is a folder that the source is put into. */
  readonly isFolder: boolean;
}

/** What of one COPY source became `path`. */
function originIn({ bare, isDir, target, isFolder }: Copy, path: string): string[] {
  if (!isBelow(target, path)) return [];
  const rest = below(target, path);
  if (bare.includes('*'))
    return rest === '' || globExpression(baseName(bare)).test(rest.split('/')[0] ?? '') ? [joinPath(dirOf(bare), rest)] : [];
  if (isDir) return [joinPath(bare, rest)];
  if (rest === '') return [isFolder ? dirOf(bare) : bare];
  return isFolder && rest === baseName(bare) ? [bare] : [];
}

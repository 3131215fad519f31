import type { Dockerfile, DockerInstruction, DockerStage } from '../contract/index.ts';
import { baseName, dirOf, globExpression, isInside, joinPath, within } from './paths.ts';
import type { Reading } from './reading.ts';
import { type Place, tails } from './trail.ts';

/** A stage with what it inherits from the stage it is built on. */
export interface Layer {
  readonly stage: DockerStage;
  /** The image it stands on in the end, when stages are built on stages. */
  readonly image: string;
  readonly instructions: readonly DockerInstruction[];
}

export function layersOf(dockerfile: Dockerfile): Layer[] {
  const layers: Layer[] = [];
  for (const stage of dockerfile.stages) {
    const base = layers.find((each) => each.stage.name !== undefined && each.stage.name.toLowerCase() === stage.image.toLowerCase());
    const image = base?.image ?? stage.image;
    layers.push({ stage, image, instructions: [...(base?.instructions ?? []), ...stage.instructions] });
  }
  return layers;
}

/** Absolute folder in the container after these instructions. */
function workdirOf(instructions: readonly DockerInstruction[]): string {
  return instructions
    .filter((each) => each.keyword === 'WORKDIR')
    .map((each) => (each.arguments[0] ?? '').replace(/^"(.*)"$/, '$1'))
    .reduce((at, dir) => inContainer(at, dir), '/');
}

function inContainer(cwd: string, path: string): string {
  return (path.startsWith('/') ? joinPath(path) : joinPath(cwd, path)) || '/';
}

/** How paths in the container of a stage become repository paths: by its COPY instructions, the last first. */
export function dockerPlace(dockerfile: Dockerfile, layer: Layer, reading: Reading): Place {
  const image: Image = { layers: layersOf(dockerfile), context: dockerfile.context, reading };
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

interface Image {
  readonly layers: readonly Layer[];
  readonly context: string;
  readonly reading: Reading;
}

function isBelow(dir: string, path: string): boolean {
  return dir === '/' || isInside(dir, path);
}

/** Path under an absolute folder, '' for the folder itself. */
function below(dir: string, path: string): string {
  if (path === dir) return '';
  return dir === '/' ? path.slice(1) : within(dir, path);
}

/** Repository paths that were copied to `path`, the last COPY first. */
function copiedFrom(path: string, layer: Layer, image: Image, depth: number): string[] {
  if (depth > 6) return [];
  const copies = layer.instructions.map((each, index) =>
    /^(COPY|ADD)$/.test(each.keyword) ? { each, cwd: workdirOf(layer.instructions.slice(0, index)) } : undefined,
  );
  return copies.toReversed().flatMap((copy) => (copy ? originsOf(path, copy.each, copy.cwd, image, depth) : []));
}

function originsOf(path: string, copy: DockerInstruction, cwd: string, image: Image, depth: number): string[] {
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

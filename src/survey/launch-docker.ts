import type { Dockerfile, DockerInstruction, DockerStage } from '../contract/index.ts';
import type { Place, Surroundings } from './follow.ts';
import { preloadsIn, tails } from './follow.ts';
import { type FoundLaunch, launchText, launchWords, purposeOf, type Start, toLaunches, trailOf } from './launch.ts';
import { followEntryWord } from './launch-words.ts';
import { baseName, dirOf, globExpression, isInside, joinPath, within } from './paths.ts';
import type { Reading } from './reading.ts';
import type { Word } from './words.ts';

/** A stage with what it inherits from the stage it is built on. */
interface Layer {
  readonly stage: DockerStage;
  readonly instructions: readonly DockerInstruction[];
}

/** Absolute folder the container command runs in. */
export function workdirOf(instructions: readonly DockerInstruction[]): string {
  return instructions
    .filter((each) => each.keyword === 'WORKDIR')
    .map((each) => (each.arguments[0] ?? '').replace(/^"(.*)"$/, '$1'))
    .reduce((at, dir) => (dir.startsWith('/') ? joinPath(dir) : joinPath(at, dir)), '/');
}

export function layersOf(dockerfile: Dockerfile): Layer[] {
  const layers: Layer[] = [];
  for (const stage of dockerfile.stages) {
    const base = layers.find((each) => each.stage.name !== undefined && each.stage.name.toLowerCase() === stage.image.toLowerCase());
    layers.push({ stage, instructions: [...(base?.instructions ?? []), ...stage.instructions] });
  }
  return layers;
}

/** How paths in the container of a stage become repository paths: by its COPY instructions, the last first. */
export function dockerPlace(dockerfile: Dockerfile, layer: Layer, reading: Reading): Place {
  const layers = layersOf(dockerfile);
  const cwd = workdirOf(layer.instructions);
  return {
    cwd,
    locate(path) {
      const absolute = path.startsWith('/') ? joinPath(path) : joinPath(cwd, path);
      const inside = isInside(cwd, absolute) ? [joinPath(dockerfile.context, cwd === '/' ? absolute.slice(1) : within(cwd, absolute))] : [];
      const guesses = tails(absolute).map((tail) => joinPath(dockerfile.context, tail));
      return [...new Set([...copied(absolute, layer, layers, dockerfile.context, reading, 0), ...inside, ...guesses])];
    },
  };
}

function copied(path: string, layer: Layer, layers: readonly Layer[], context: string, reading: Reading, depth: number): string[] {
  if (depth > 6) return [];
  let cwd = '/';
  const found: string[][] = [];
  for (const instruction of layer.instructions) {
    if (instruction.keyword === 'WORKDIR')
      cwd = workdirOf([{ ...instruction, arguments: [joinPath(cwd, instruction.arguments[0] ?? '')] }]);
    if (instruction.keyword === 'WORKDIR' && (instruction.arguments[0] ?? '').startsWith('/'))
      cwd = joinPath(instruction.arguments[0] ?? '/');
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    const sources = instruction.arguments.slice(0, -1);
    const written = instruction.arguments.at(-1) ?? '';
    const target = written.startsWith('/') ? joinPath(written) : joinPath(cwd, written);
    const from = instruction.flags?.map((flag) => /^--from=(.*)$/.exec(flag)?.[1]).find((each) => each !== undefined);
    const other = from === undefined ? undefined : layers.find((each, index) => each.stage.name === from || String(index) === from);
    if (from !== undefined && other === undefined) continue;
    const isFolder = /(\/|^\.{1,2})$/.test(written) || sources.length > 1 || target === cwd;
    const origins = sources.flatMap((source) =>
      sourcesOf(path, source, target, isFolder, (each) => other !== undefined || reading.hasDir(joinPath(context, each))),
    );
    found.push(
      origins.flatMap((origin) =>
        other ? copied(joinPath('/', origin), other, layers, context, reading, depth + 1) : [joinPath(context, origin)],
      ),
    );
  }
  return found.toReversed().flat();
}

/** What in `source` becomes `path` when `source` is copied to `target`. */
function sourcesOf(path: string, source: string, target: string, isFolder: boolean, hasDir: (dir: string) => boolean): string[] {
  const from = source.replace(/^\.\//, '').replace(/\/$/, '') || '.';
  const bare = from === '.' ? '' : from.replace(/^\//, '');
  if (from.includes('*')) {
    const name = within(target, path);
    const dir = dirOf(bare);
    if (path === target) return [dir];
    return isInside(target, path) && globExpression(baseName(bare)).test(name.split('/')[0] ?? '') ? [joinPath(dir, name)] : [];
  }
  if (hasDir(bare) && isInside(target, path))
    return [joinPath(bare, path === target ? '' : target === '/' ? path.slice(1) : within(target, path))];
  if (path === target) return [isFolder ? dirOf(bare) : bare];
  return isFolder && dirOf(path) === target && baseName(path) === baseName(bare) ? [bare] : [];
}

/** ENTRYPOINT and CMD of the final stage, and of other stages that a compose file may target. */
export function dockerLaunches(dockerfile: Dockerfile, around: Surroundings): FoundLaunch[] {
  const layers = layersOf(dockerfile);
  return layers.flatMap((layer, index) => {
    const isFinal = index === layers.length - 1;
    const commands = isFinal ? layer.instructions : layer.stage.instructions;
    const entrypoint = commands.findLast((each) => each.keyword === 'ENTRYPOINT');
    const cmd = commands.findLast((each) => each.keyword === 'CMD');
    const last = cmd ?? entrypoint;
    if (!last) return [];
    const start = startOf(dockerfile, layer, isFinal, last, around);
    return launchContainer(start, dockerfile.file, entrypoint, cmd, layer, around);
  });
}

function startOf(dockerfile: Dockerfile, layer: Layer, isFinal: boolean, last: DockerInstruction, around: Surroundings): Start {
  const place = dockerPlace(dockerfile, layer, around.reading);
  const name = layer.stage.name ?? dockerfile.file;
  const purpose = purposeOf(`${layer.stage.name ?? ''}.${baseName(dockerfile.file).replace(/^Dockerfile/i, '')}`);
  const cwd = place.locate(place.cwd).find((each) => around.reading.hasDir(each)) ?? dockerfile.context;
  const text = around.reading.repo.read(dockerfile.file) ?? '';
  return {
    kind: 'dockerfile',
    name,
    command: text.slice(last.start, last.end).replace(/^\S+\s+/, ''),
    cwd,
    place,
    purpose: purpose === 'development' ? 'development' : isFinal ? 'production' : 'other',
    preloads: preloadsIn(environmentOptions(layer.instructions)),
    evidence: { file: dockerfile.file, line: last.line },
  };
}

function environmentOptions(instructions: readonly DockerInstruction[]): string[] {
  const text = instructions
    .filter((each) => each.keyword === 'ENV')
    .map((each) => each.arguments.join(' '))
    .join(' ');
  const value = /NODE_OPTIONS[= ]\s*(?:"([^"]*)"|'([^']*)'|(.*))/.exec(text);
  return (value?.[1] ?? value?.[2] ?? value?.[3] ?? '').split(/\s+/);
}

/** Words of an exec-form instruction. */
export function execWords(file: string, instruction: DockerInstruction): Word[] {
  return instruction.arguments.map((value, index) => {
    const [start, end] = instruction.argumentRanges?.[index] ?? [-1, -1];
    return { value, dynamic: false, file, start, end, form: 'json' };
  });
}

export function launchContainer(
  start: Start,
  file: string,
  entrypoint: DockerInstruction | undefined,
  cmd: DockerInstruction | undefined,
  layer: Layer | undefined,
  around: Surroundings,
): FoundLaunch[] {
  const shell = [entrypoint, cmd].find((each) => each && !each.json);
  // A shell-form ENTRYPOINT ignores CMD; a shell-form CMD is an argument of an exec-form ENTRYPOINT.
  if (shell && (shell === entrypoint || !entrypoint)) return launchText(start, instructionText(file, shell, around), around);
  const words = [entrypoint, cmd].flatMap((each) => (each?.json ? execWords(file, each) : []));
  if (shell && cmd === shell) {
    const found = launchText(start, instructionText(file, shell, around), around);
    if (found.length > 0) return found;
  }
  if (!entrypoint && layer && runsNodeItself(layer.stage.image)) return toLaunches(start, followEntryWord(words, trailOf(start), around));
  return launchWords(start, words, around);
}

/** Distroless images have `node` as their entry point. */
function runsNodeItself(image: string): boolean {
  return /distroless\/nodejs|chainguard\/node|cgr\.dev\/.*node|hardened.*node/.test(image);
}

function instructionText(
  file: string,
  instruction: DockerInstruction,
  around: Surroundings,
): { file: string; text: string; offsets: number[] } {
  const raw = around.reading.repo.read(file) ?? '';
  const start = instruction.argumentRanges?.[0]?.[0] ?? instruction.end;
  const text = raw.slice(start, instruction.end);
  return { file, text, offsets: Array.from({ length: text.length + 1 }, (_each, index) => start + index) };
}

import type { Dockerfile, DockerInstruction } from '../../contract/index.ts';
import { baseName } from '../read/paths.ts';
import type { Word } from '../read/words.ts';
import { dockerPlace, type Layer, layersOf } from './container-paths.ts';
import { type FoundLaunch, launchText, launchWords, purposeOf, type Start, toLaunches, trailOf } from './launch.ts';
import { followEntryWord, startsNode } from './launch-words.ts';
import { preloadsIn, type Surroundings } from './trail.ts';

/** ENTRYPOINT and CMD of the final stage, and of other stages that a compose file may target. */
export function dockerLaunches(dockerfile: Dockerfile, around: Surroundings): FoundLaunch[] {
  const layers = layersOf(dockerfile);
  return layers.flatMap((layer, index) => {
    const isFinal = index === layers.length - 1;
    const commands = isFinal ? layer.instructions : layer.stage.instructions;
    const entrypoint = commands.findLast((each) => each.keyword === 'ENTRYPOINT');
    // An ENTRYPOINT of its own resets the CMD of the stage below.
    const isReset = entrypoint !== undefined && layer.stage.instructions.includes(entrypoint);
    const given = (isReset ? layer.stage.instructions : commands).findLast((each) => each.keyword === 'CMD');
    // `CMD [""]` and `CMD []` give an ENTRYPOINT nothing.
    const cmd = given?.arguments.every((each) => each === '' || each === '[]') ? undefined : given;
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
    variables: environmentOf(layer.instructions),
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

/** `ENV APP=server.js MODE=web` and `ENV APP server.js`, the last value of each. */
function environmentOf(instructions: readonly DockerInstruction[]): Readonly<Record<string, string>> {
  const stated = instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ arguments: words }): readonly (readonly string[])[] => {
      if (words[0]?.includes('=') !== true) return [[words[0] ?? '', words.slice(1).join(' ')]];
      return words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
    });
  return Object.fromEntries(stated.map(([name = '', value = '']) => [name, value.replace(/^(["'])(.*)\1$/, '$2')]));
}

/** Words of an exec-form instruction. */
export function execWords(file: string, instruction: DockerInstruction): Word[] {
  return instruction.arguments.map((value, index) => {
    const [start, end] = instruction.argumentRanges?.[index] ?? [-1, -1];
    return { value, dynamic: false, file, start, end, form: 'json' };
  });
}

function launchContainer(
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
  if (!entrypoint && layer && startsNode(layer.image, words)) return toLaunches(start, followEntryWord(words, trailOf(start), around));
  return launchWords(start, words, around);
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

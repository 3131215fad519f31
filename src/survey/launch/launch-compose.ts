import { isScalar, isSeq, type Node } from 'yaml';
import type { Dockerfile, Launch } from '../../contract/index.ts';
import { baseName, dirOf, isInside, joinPath, within } from '../read/paths.ts';
import { lineAt } from '../read/reading.ts';
import { type Decoded, decode, type Word } from '../read/words.ts';
import { yamlItems, yamlStart, yamlString } from '../read/yaml-text.ts';
import { dockerfileOf } from './compose/inline.ts';
import { buildOfService, type ComposeService, composeServices, type Stated } from './compose/services.ts';
import { volumesOf } from './compose/volumes.ts';
import { dockerPlace, type Layer, layersOf } from './container-paths.ts';
import { type FoundLaunch, launchText, launchWords, purposeOf, type Start, toLaunches, trailOf } from './launch.ts';
import { execWords } from './launch-docker.ts';
import { followEntryWord, startsNode } from './launch-words.ts';
import { leadShell } from './shell.ts';
import { hostPlace, type Place, type Surroundings } from './trail.ts';

/** Services whose `command` or `entrypoint` replaces what the image runs. */
export function composeLaunches(around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  return composeServices(around.reading).flatMap((each) => composeLaunch(each, around, dockerfiles));
}

function composeLaunch(service: ComposeService, around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  const command = service.at('command');
  const entrypoint = service.at('entrypoint');
  const written = command ?? entrypoint;
  if (!written) return [];
  const { file } = service.yaml;
  const build = buildOfService(service);
  const dockerfile = dockerfileOf(build, dockerfiles);
  const layer = dockerfile && targetLayer(dockerfile, build?.target);
  const image = dockerfile && layer ? dockerPlace(dockerfile, layer, around.reading) : hostPlace(build?.context ?? dirOf(file));
  const place = mounted(service, image, around);
  const start: Start = {
    kind: 'compose',
    name: service.name,
    command: commandText(written.node),
    cwd: place.locate(place.cwd).find((each) => around.reading.hasDir(each)) ?? dirOf(file),
    place,
    purpose: composePurpose(file),
    evidence: { file: written.yaml.file, line: lineAt(written.yaml.text, yamlStart(written.node)) },
  };
  const inherited = entrypoint ? undefined : layer?.instructions.findLast((each) => each.keyword === 'ENTRYPOINT');
  const bare = command && !entrypoint && !inherited ? yamlWords(command) : [];
  if (layer && startsNode(layer.image, bare)) return toLaunches(start, followEntryWord(bare, trailOf(start), around));
  const prefix = inherited?.json && dockerfile ? execWords(dockerfile.file, inherited) : [];
  return launchNodes(start, [entrypoint, command], prefix, around);
}

function targetLayer(dockerfile: Dockerfile, target: string | undefined): Layer | undefined {
  const layers = layersOf(dockerfile);
  return layers.find((each) => each.stage.name !== undefined && each.stage.name === target) ?? layers.at(-1);
}

function composePurpose(file: string): Launch['purpose'] {
  return purposeOf(baseName(file).replace(/^(docker-)?compose|\.ya?ml$/g, '')) === 'development' ? 'development' : 'production';
}

function commandText(node: Node): string {
  return yamlString(node) ?? JSON.stringify(node.toJSON());
}

/** Bind mounts (`./:/app`) and `working_dir` over the image's own folders. */
function mounted(service: ComposeService, image: Place, around: Surroundings): Place {
  const volumes = volumesOf(service).flatMap(({ source, target }) => (source === undefined ? [] : [{ source, target }]));
  const cwd = yamlString(service.at('working_dir')?.node) ?? image.cwd;
  return {
    cwd,
    locate(path) {
      const found = volumes.filter(({ target }) => isInside(target, path)).toSorted((a, b) => b.target.length - a.target.length);
      const files = found.map(({ source, target }) => joinPath(source, path === target ? '' : within(target, path)));
      return [...new Set([...files.filter((each) => around.reading.hasDir(dirOf(each))), ...image.locate(path)])];
    },
  };
}

/** Follows `entrypoint` and `command`, each a string or a list. */
export function launchNodes(
  start: Start,
  parts: readonly (Stated | undefined)[],
  prefix: readonly Word[],
  around: Surroundings,
): FoundLaunch[] {
  const own = parts.filter((each) => each !== undefined);
  const [only] = own;
  if (prefix.length === 0 && own.length === 1 && only && isScalar(only.node)) return launchText(start, scalarText(only), around);
  return launchWords(start, [...prefix, ...own.flatMap(yamlWords)], around);
}

/** A scalar as decoded text with offsets into the YAML file. */
function scalarText({ yaml, node }: Stated): Decoded {
  const [from = 0, to = 0] = node.range ?? [];
  const isBlock = isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
  const start = isBlock ? yaml.text.indexOf('\n', from) + 1 : from;
  return decode(yaml.file, yaml.text, start, to, yamlString(node) ?? '');
}

/** Words of a list; a string is split at its blanks. */
export function yamlWords(stated: Stated): Word[] {
  const { yaml, node } = stated;
  if (isSeq(node)) {
    return yamlItems(yaml, node).flatMap((item) => {
      const value = yamlString(item);
      if (value === undefined || !item.range) return [];
      const [start, end] = item.range;
      const form = node.flow ? ({ form: 'json' } as const) : ({ form: 'yaml', indent: indentOf(yaml.text, start) } as const);
      return [{ value, dynamic: value.includes('$'), file: yaml.file, start, end, ...form }];
    });
  }
  return leadShell(scalarText(stated), (command) => [...command.words]);
}

/** Blanks before the dash on the item's line. */
function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*/.exec(line)?.[0] ?? '';
}

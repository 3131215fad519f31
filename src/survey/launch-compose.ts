import { isScalar, isSeq, type Node } from 'yaml';
import type { Dockerfile, Launch } from '../contract/index.ts';
import { dockerPlace, type Layer, layersOf } from './container-paths.ts';
import { type FoundLaunch, launchText, launchWords, purposeOf, type Start, toLaunches, trailOf } from './launch.ts';
import { execWords } from './launch-docker.ts';
import { followEntryWord, startsNode } from './launch-words.ts';
import { baseName, dirOf, isInside, joinPath, within } from './paths.ts';
import { lineAt } from './reading.ts';
import { leadShell } from './shell.ts';
import { hostPlace, type Place, type Surroundings } from './trail.ts';
import { type Decoded, decode, type Word } from './words.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlItems, yamlStart, yamlString } from './yaml-text.ts';

function isComposeFile(file: string): boolean {
  return /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/.test(baseName(file));
}

/** Build context and Dockerfile that compose files state, by Dockerfile. */
export function composeContexts(around: Surroundings): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  for (const { yaml, service } of composeServices(around)) {
    const build = buildOfService(yaml, service);
    if (build && !contexts.has(build.dockerfile)) contexts.set(build.dockerfile, build.context);
  }
  return contexts;
}

interface ComposeService {
  readonly yaml: YamlText;
  readonly name: string;
  readonly service: Node | undefined;
}

function composeServices({ reading }: Surroundings): ComposeService[] {
  return reading.repo.files.filter(isComposeFile).flatMap((file) =>
    readYaml(reading, file).flatMap((yaml) => {
      const services = yamlAt(yaml, yaml.document.contents, 'services') ?? yamlAt(yaml, yaml.document.contents);
      return yamlEntries(yaml, services).map(({ key, value }) => ({ yaml, name: key, service: value }));
    }),
  );
}

function buildOfService(yaml: YamlText, service: Node | undefined): { context: string; dockerfile: string; target?: string } | undefined {
  const node = yamlAt(yaml, service, 'build');
  const stated = yamlString(node) ?? (node === undefined ? undefined : (yamlString(yamlAt(yaml, node, 'context')) ?? '.'));
  if (stated === undefined || /^(https?|git|ssh):/.test(stated)) return undefined;
  const context = joinPath(dirOf(yaml.file), stated);
  const target = yamlString(yamlAt(yaml, node, 'target'));
  return {
    context,
    dockerfile: joinPath(context, yamlString(yamlAt(yaml, node, 'dockerfile')) ?? 'Dockerfile'),
    ...(target !== undefined && { target }),
  };
}

/** Services whose `command` or `entrypoint` replaces what the image runs. */
export function composeLaunches(around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  return composeServices(around).flatMap((each) => composeLaunch(each, around, dockerfiles));
}

function composeLaunch({ yaml, name, service }: ComposeService, around: Surroundings, dockerfiles: readonly Dockerfile[]): FoundLaunch[] {
  const command = yamlAt(yaml, service, 'command');
  const entrypoint = yamlAt(yaml, service, 'entrypoint');
  const written = command ?? entrypoint;
  if (!written) return [];
  const build = buildOfService(yaml, service);
  const dockerfile = dockerfiles.find((each) => each.file === build?.dockerfile);
  const layer = dockerfile && targetLayer(dockerfile, build?.target);
  const image = dockerfile && layer ? dockerPlace(dockerfile, layer, around.reading) : hostPlace(build?.context ?? dirOf(yaml.file));
  const place = mounted(yaml, service, image, around);
  const start: Start = {
    kind: 'compose',
    name,
    command: commandText(written),
    cwd: place.locate(place.cwd).find((each) => around.reading.hasDir(each)) ?? dirOf(yaml.file),
    place,
    purpose: composePurpose(yaml.file),
    evidence: { file: yaml.file, line: lineAt(yaml.text, yamlStart(written)) },
  };
  const inherited = entrypoint ? undefined : layer?.instructions.findLast((each) => each.keyword === 'ENTRYPOINT');
  const bare = command && !entrypoint && !inherited ? yamlWords(yaml, command) : [];
  if (layer && startsNode(layer.image, bare)) return toLaunches(start, followEntryWord(bare, trailOf(start), around));
  const prefix = inherited?.json && dockerfile ? execWords(dockerfile.file, inherited) : [];
  return launchNodes(start, yaml, entrypoint, command, prefix, around);
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
function mounted(yaml: YamlText, service: Node | undefined, image: Place, around: Surroundings): Place {
  const volumes = yamlItems(yaml, yamlAt(yaml, service, 'volumes')).flatMap((node) => {
    const [source, target] = yamlString(node)?.split(':') ?? [
      yamlString(yamlAt(yaml, node, 'source')),
      yamlString(yamlAt(yaml, node, 'target')),
    ];
    return source?.startsWith('.') && target ? [{ source: joinPath(dirOf(yaml.file), source), target: joinPath(target) }] : [];
  });
  const cwd = yamlString(yamlAt(yaml, service, 'working_dir')) ?? image.cwd;
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
  yaml: YamlText,
  entrypoint: Node | undefined,
  command: Node | undefined,
  prefix: readonly Word[],
  around: Surroundings,
): FoundLaunch[] {
  const own = [entrypoint, command].flatMap((each) => (each ? [each] : []));
  if (prefix.length === 0 && own.length === 1 && own[0] && isScalar(own[0])) return launchText(start, scalarText(yaml, own[0]), around);
  const words = [...prefix, ...own.flatMap((each) => yamlWords(yaml, each))];
  return launchWords(start, words, around);
}

/** A scalar as decoded text with offsets into the YAML file. */
function scalarText(yaml: YamlText, node: Node): Decoded {
  const [from = 0, to = 0] = node.range ?? [];
  const isBlock = isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
  const start = isBlock ? yaml.text.indexOf('\n', from) + 1 : from;
  return decode(yaml.file, yaml.text, start, to, yamlString(node) ?? '');
}

/** Words of a list; a string is split at its blanks. */
function yamlWords(yaml: YamlText, node: Node): Word[] {
  if (isSeq(node)) {
    return yamlItems(yaml, node).flatMap((item) => {
      const value = yamlString(item);
      if (value === undefined || !item.range) return [];
      const [start, end] = item.range;
      const form = node.flow ? ({ form: 'json' } as const) : ({ form: 'yaml', indent: indentOf(yaml.text, start) } as const);
      return [{ value, dynamic: value.includes('$'), file: yaml.file, start, end, ...form }];
    });
  }
  return leadShell(scalarText(yaml, node), (command) => [...command.words]);
}

/** Blanks before the dash on the item's line. */
function indentOf(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^\s*/.exec(line)?.[0] ?? '';
}

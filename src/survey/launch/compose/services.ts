import { isScalar, type Node } from 'yaml';
import { baseName, dirOf, joinPath } from '../../read/paths.ts';
import type { Reading } from '../../read/reading.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlString } from '../../read/yaml-text.ts';

function isComposeFile(file: string): boolean {
  return /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/.test(baseName(file));
}

/** Build context and Dockerfile that compose files state, by Dockerfile. */
export function composeContexts(reading: Reading): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  for (const service of composeServices(reading)) {
    const build = buildOfService(service);
    if (build && !contexts.has(build.dockerfile)) contexts.set(build.dockerfile, build.context);
  }
  return contexts;
}

/** A value of a service and the document it is written in. */
export interface Stated {
  readonly yaml: YamlText;
  readonly node: Node;
}

export interface ComposeService {
  readonly name: string;
  /** The document that names the service. */
  readonly yaml: YamlText;
  /** A value by its key: the service's own, or that of the service it extends. */
  at(key: string): Stated | undefined;
}

export function composeServices(reading: Reading): ComposeService[] {
  return reading.repo.files.filter(isComposeFile).flatMap((file) =>
    readYaml(reading, file).flatMap((yaml) =>
      yamlEntries(yaml, servicesIn(yaml)).map(({ key, value }) => ({
        yaml,
        name: key,
        at: (wanted) => statedBy(reading, { yaml, node: value }, wanted, []),
      })),
    ),
  );
}

function servicesIn(yaml: YamlText): Node | undefined {
  return yamlAt(yaml, yaml.document.contents, 'services') ?? yamlAt(yaml, yaml.document.contents);
}

function statedBy(
  reading: Reading,
  { yaml, node }: { yaml: YamlText; node: Node | undefined },
  key: string,
  seen: readonly string[],
): Stated | undefined {
  const own = yamlAt(yaml, node, key);
  if (own !== undefined) return { yaml, node: own };
  const base = yamlAt(yaml, node, 'extends');
  const name = yamlString(base) ?? yamlString(yamlAt(yaml, base, 'service'));
  const file = yamlString(yamlAt(yaml, base, 'file'));
  const from = file === undefined ? yaml.file : joinPath(dirOf(yaml.file), file);
  if (name === undefined || seen.includes(`${from} ${name}`)) return undefined;
  const documents = from === yaml.file ? [yaml] : readYaml(reading, from);
  for (const other of documents) {
    const found = statedBy(reading, { yaml: other, node: yamlAt(other, servicesIn(other), name) }, key, [...seen, `${from} ${name}`]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a service is built of. */
export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string;
  readonly target?: string;
  /** Where the compose file itself holds the Dockerfile. */
  readonly inline?: readonly [start: number, end: number];
}

export function buildOfService(service: ComposeService): ComposeBuild | undefined {
  const build = service.at('build');
  if (build === undefined) return undefined;
  const { yaml, node } = build;
  const stated = yamlString(node) ?? yamlString(yamlAt(yaml, node, 'context')) ?? '.';
  if (/^(https?|git|ssh):/.test(stated)) return undefined;
  const context = joinPath(dirOf(yaml.file), stated);
  const target = yamlString(yamlAt(yaml, node, 'target'));
  const inline = yamlAt(yaml, node, 'dockerfile_inline');
  const range = isScalar(inline) && inline.type === 'BLOCK_LITERAL' && inline.range ? inline.range : undefined;
  return {
    context,
    dockerfile: range ? yaml.file : joinPath(context, yamlString(yamlAt(yaml, node, 'dockerfile')) ?? 'Dockerfile'),
    ...(target !== undefined && { target }),
    ...(range && { inline: [yaml.text.indexOf('\n', range[0]) + 1, range[1]] }),
  };
}

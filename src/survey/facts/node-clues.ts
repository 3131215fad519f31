import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Evidence } from '../../contract/index.ts';
import { lineAt, type Reading } from '../read/reading.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlItems, yamlSource, yamlStart, yamlString } from '../read/yaml-text.ts';
import { imageNodeVersion, type NodeVersion, parseNodeVersion } from './node-versions.ts';

/** One place that names a Node version. `version` is undefined when it could not be understood. */
export interface Clue {
  readonly written: string;
  readonly version: NodeVersion | undefined;
  readonly evidence: Evidence;
}

type Reader = (yaml: YamlText) => readonly (Node | undefined)[];

/** Where CI files name the Node version, and how. */
const systems: readonly (readonly [RegExp, 'version' | 'image', Reader])[] = [
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, 'version', workflowNodes],
  [/^\.travis\.yml$/, 'version', travisNodes],
  [/^\.circleci\/config\.yml$/, 'image', (yaml) => valuesOf(yaml, 'image')],
  [/^\.gitlab-ci\.yml$/, 'image', (yaml) => valuesOf(yaml, 'image')],
  [
    /^(\.azure\/|azure\/)?azure-pipelines[\w.-]*\.ya?ml$/,
    'version',
    (yaml) => [...valuesOf(yaml, 'versionSpec'), ...valuesOf(yaml, 'nodeVersion')],
  ],
  [/^bitbucket-pipelines\.yml$/, 'image', (yaml) => valuesOf(yaml, 'image')],
  [/^appveyor\.yml$|^\.appveyor\.yml$/, 'version', (yaml) => valuesOf(yaml, 'nodejs_version')],
  [/^(\.devcontainer\/)?\.?devcontainer\.json$/, 'image', (yaml) => [yamlAt(yaml, yaml.document.contents, 'image')]],
];

/** The lowest version that the CI of a repository pins; where it pins none, the lowest it names. */
export function ciNodeClues(reading: Reading): readonly Clue[] {
  return reading.once('ci node versions', () => {
    const clues = systems.flatMap(([pattern, kind, read]) =>
      reading.repo.files
        .filter((file) => pattern.test(file))
        .flatMap((file) => readYaml(reading, file).flatMap((yaml) => read(yaml).flatMap((node) => clueOf(yaml, node, kind)))),
    );
    const known = clues.filter((each) => each.version !== undefined).toSorted((a, b) => major(a) - major(b));
    return [known.find((each) => each.version?.floats !== true) ?? known[0]].filter((each) => each !== undefined);
  });
}

function major(clue: Clue): number {
  return Number(clue.version?.minimum.split('.')[0] ?? 0);
}

function clueOf(yaml: YamlText, node: Node | undefined, kind: 'version' | 'image'): readonly Clue[] {
  const written = (yamlSource(node) ?? yamlString(node))?.trim();
  if (written === undefined || /\$\{\{|\$\(/.test(written)) return [];
  const version = kind === 'image' ? imageNodeVersion(written) : parseNodeVersion(written);
  return [{ written, version, evidence: { file: yaml.file, line: lineAt(yaml.text, yamlStart(node)) } }];
}

function workflowNodes(yaml: YamlText): readonly (Node | undefined)[] {
  return yamlEntries(yaml, yamlAt(yaml, yaml.document.contents, 'jobs')).flatMap(({ value }) => {
    const matrix = yamlEntries(yaml, yamlAt(yaml, value, 'strategy', 'matrix')).filter(({ key }) => /^node/i.test(key));
    const steps = yamlItems(yaml, yamlAt(yaml, value, 'steps')).map((step) => yamlAt(yaml, step, 'with', 'node-version'));
    return [...matrix.flatMap((each) => [each.value, ...yamlItems(yaml, each.value)]), ...steps];
  });
}

function travisNodes(yaml: YamlText): readonly (Node | undefined)[] {
  const stated = yamlAt(yaml, yaml.document.contents, 'node_js');
  return [stated, ...yamlItems(yaml, stated)];
}

/** Values of a key wherever it stands; of `image: { name }` the name. */
function valuesOf(yaml: YamlText, key: string, node: Node | undefined = yamlAt(yaml, yaml.document.contents)): readonly Node[] {
  if (isSeq(node)) return yamlItems(yaml, node).flatMap((item) => valuesOf(yaml, key, item));
  if (!isMap(node)) return [];
  return yamlEntries(yaml, node).flatMap((entry) => {
    if (entry.key !== key) return valuesOf(yaml, key, entry.value);
    const named = isScalar(entry.value) ? entry.value : yamlAt(yaml, entry.value, 'name');
    return named === undefined ? [] : [named];
  });
}

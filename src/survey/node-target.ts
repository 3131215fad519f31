import type { Dockerfile, Evidence, Fact, NodeTarget } from '../contract/index.ts';
import { layersOf } from './container-paths.ts';
import { propertyAt, stringValue } from './json-text.ts';
import { fieldEvidence, type Manifest } from './manifests.ts';
import { imageNodeVersion, isConsistent, type NodeVersion, parseNodeVersion } from './node-versions.ts';
import { baseName, isInside, joinPath, upwards } from './paths.ts';
import { lineAt, type Reading } from './reading.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlItems, yamlSource, yamlStart } from './yaml-text.ts';

/** One place that names a Node version. `version` is undefined when it could not be understood. */
interface Clue {
  readonly written: string;
  readonly version: NodeVersion | undefined;
  readonly evidence: Evidence;
}

/** The Node version a package targets, by the strongest evidence: image, version files, volta, engines, CI. */
export function nodeTargetOf(
  reading: Reading,
  manifests: readonly Manifest[],
  manifest: Manifest,
  dockerfiles: readonly Dockerfile[],
): NodeTarget | undefined {
  const dirs = upwards(manifest.dir);
  const above = dirs.flatMap((dir) => manifests.find((each) => each.dir === dir) ?? []);
  const clues = [
    ...imageClues(reading, manifest, dockerfiles),
    ...['.nvmrc', '.node-version'].flatMap((name) => dirs.flatMap((dir) => fileClue(reading, joinPath(dir, name)))),
    ...above.flatMap((each) => fieldClue(each, 'volta', 'node')),
    ...above.flatMap((each) => fieldClue(each, 'engines', 'node')),
    ...dirs.flatMap((dir) => toolVersionsClue(reading, joinPath(dir, '.tool-versions'))),
    ...ciClues(reading),
  ];
  for (const { version, written, evidence } of clues) {
    if (!version && !/^\*?$|\$\{\{/.test(written)) reading.report('TW1014', `\`${written}\``, evidence);
  }
  return choose(reading, clues);
}

function choose(reading: Reading, clues: readonly Clue[]): NodeTarget | undefined {
  const known = clues.flatMap((each) => (each.version ? [{ ...each, version: each.version }] : []));
  const [chosen, ...weaker] = known;
  if (!chosen) return undefined;
  const conflicts: Fact<string>[] = weaker
    .filter((each) => !isConsistent(chosen.version, each.version))
    .map((each) => ({ value: each.written, evidence: each.evidence }));
  const [first] = conflicts;
  if (first) {
    const detail = `${chosen.written} (${chosen.evidence.file}:${chosen.evidence.line}) was used; ${first.value} is stated in ${first.evidence.file}:${first.evidence.line}`;
    reading.report('TW1008', detail, first.evidence);
  }
  return { ...chosen.version, evidence: chosen.evidence, conflicts };
}

/** Final stages of the Dockerfiles that belong to the package: in its folder, or (without any there) built from above it. */
function imageClues(reading: Reading, manifest: Manifest, dockerfiles: readonly Dockerfile[]): Clue[] {
  const near = dockerfiles.filter(
    (each) => isInside(manifest.dir, each.file) && (manifest.dir !== '' || !each.file.includes('/') || each.context === ''),
  );
  const around = near.length > 0 ? near : dockerfiles.filter((each) => each.context === manifest.dir);
  const chosen = around.length > 0 ? around : dockerfiles.filter((each) => !each.file.includes('/') && each.context === '');
  return chosen.toSorted((a, b) => dockerRank(a) - dockerRank(b)).flatMap((dockerfile) => imageClue(reading, dockerfile));
}

/** The plain `Dockerfile` says more about production than `Dockerfile.dev`. */
function dockerRank(dockerfile: Dockerfile): number {
  const name = baseName(dockerfile.file);
  return name === 'Dockerfile' ? 0 : /dev|test|local|ci/i.test(name) ? 2 : 1;
}

function imageClue(reading: Reading, dockerfile: Dockerfile): Clue[] {
  const layers = layersOf(dockerfile);
  let stage = layers.at(-1)?.stage;
  for (let depth = 0; stage && depth < 8; depth++) {
    const base = dockerfile.stages.find(
      (each) => each.name !== undefined && each.name.toLowerCase() === stage?.image.toLowerCase() && each !== stage,
    );
    if (!base) break;
    stage = base;
  }
  const from = stage?.instructions.find((each) => each.keyword === 'FROM');
  const version = stage && imageNodeVersion(stage.image);
  if (!stage || !from || !version || reading.repo.read(dockerfile.file) === undefined) return [];
  return [{ written: stage.image, version, evidence: { file: dockerfile.file, line: from.line } }];
}

function fileClue(reading: Reading, file: string): Clue[] {
  const text = reading.has(file) ? reading.repo.read(file) : undefined;
  if (text === undefined) return [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const at = lines.findIndex((line) => line.replace(/#.*/, '').trim() !== '');
  const written = (lines[at] ?? '').replace(/#.*/, '').trim();
  return at === -1 ? [] : [{ written, version: parseNodeVersion(written), evidence: { file, line: at + 1 } }];
}

function fieldClue(manifest: Manifest, ...path: readonly string[]): Clue[] {
  const written = stringValue(propertyAt(manifest.json.root, ...path));
  return written === undefined ? [] : [{ written, version: parseNodeVersion(written), evidence: fieldEvidence(manifest, ...path) }];
}

function toolVersionsClue(reading: Reading, file: string): Clue[] {
  const text = reading.has(file) ? (reading.repo.read(file) ?? '') : '';
  const found = /^node(?:js)?[ \t]+(\S+)/m.exec(text);
  const [, written] = found ?? [];
  return found && written !== undefined
    ? [{ written, version: parseNodeVersion(written), evidence: { file, line: lineAt(text, found.index) } }]
    : [];
}

/** The lowest version of a GitHub Actions matrix or `node-version`. */
function ciClues(reading: Reading): Clue[] {
  return reading.once('ci node versions', () => {
    const files = reading.repo.files.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file));
    const clues = files.flatMap((file) => readYaml(reading, file).flatMap(workflowClues));
    const known = clues.filter((each) => each.version !== undefined);
    return known.toSorted((a, b) => major(a) - major(b)).slice(0, 1);
  });
}

function major(clue: Clue): number {
  return Number(clue.version?.minimum.split('.')[0] ?? 0);
}

function workflowClues(yaml: YamlText): Clue[] {
  return yamlEntries(yaml, yamlAt(yaml, yaml.document.contents, 'jobs')).flatMap(({ value }) => {
    const matrix = yamlEntries(yaml, yamlAt(yaml, value, 'strategy', 'matrix')).filter(({ key }) => /^node/i.test(key));
    const steps = yamlItems(yaml, yamlAt(yaml, value, 'steps')).map((step) => yamlAt(yaml, step, 'with', 'node-version'));
    const nodes = [...matrix.flatMap((each) => [each.value, ...yamlItems(yaml, each.value)]), ...steps];
    return nodes.flatMap((node) => {
      const written = yamlSource(node)?.trim();
      if (written === undefined || written.includes('${{')) return [];
      return [{ written, version: parseNodeVersion(written), evidence: { file: yaml.file, line: lineAt(yaml.text, yamlStart(node)) } }];
    });
  });
}

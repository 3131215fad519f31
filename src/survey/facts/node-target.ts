import type { Dockerfile, Fact, NodeTarget } from '../../contract/index.ts';
import { layersOf } from '../launch/container-paths.ts';
import { propertyAt, stringValue } from '../read/json-text.ts';
import { fieldEvidence, type Manifest } from '../read/manifests.ts';
import { baseName, isInside, joinPath, upwards } from '../read/paths.ts';
import { lineAt, type Reading } from '../read/reading.ts';
import { type Clue, ciNodeClues } from './node-clues.ts';
import { imageNodeVersion, isConsistent, type NodeVersion, parseNodeVersion } from './node-versions.ts';

/**
 * The Node version a package targets, by the strongest evidence: image, version files, volta, engines, tool managers, CI. What is pinned is
 * stronger than a name that floats, as long as the pinned version can be traced at all.
 */
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
    ...dirs.flatMap((dir) => ['mise.toml', '.mise.toml'].flatMap((name) => miseClue(reading, joinPath(dir, name)))),
    ...ciNodeClues(reading),
  ];
  for (const { version, written, evidence } of clues) {
    if (!version && !/^\*?$|\$\{\{/.test(written)) reading.report('TW1014', `\`${written}\``, evidence);
  }
  return choose(reading, clues);
}

function choose(reading: Reading, clues: readonly Clue[]): NodeTarget | undefined {
  const known = clues.flatMap((each) => (each.version ? [{ ...each, version: each.version }] : []));
  const chosen = known.find(({ version }) => !version.floats && isTraceable(version)) ?? known[0];
  if (!chosen) return undefined;
  const conflicts: Fact<string>[] = known
    .filter((each) => !isConsistent(chosen.version, each.version) || (each.version.floats && !chosen.version.floats && isImage(each)))
    .map((each) => ({ value: each.written, evidence: each.evidence }));
  const [first] = conflicts;
  if (first) {
    const detail = `${chosen.written} (${chosen.evidence.file}:${chosen.evidence.line}) was used; ${first.value} is stated in ${first.evidence.file}:${first.evidence.line}`;
    reading.report('TW1008', detail, first.evidence);
  }
  const { minimum, range } = chosen.version;
  return { minimum, range, evidence: chosen.evidence, conflicts };
}

/** `>=6` beside an image that floats says which old versions once worked, not what runs. */
function isTraceable({ minimum }: NodeVersion): boolean {
  return Number(minimum.split('.')[0]) >= 14;
}

/** Images and version files choose what runs; CI also tests with the newest. */
function isImage({ evidence }: Clue): boolean {
  return /dockerfile|containerfile/i.test(baseName(evidence.file));
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

/** `node = "20"` in the `[tools]` of mise. */
function miseClue(reading: Reading, file: string): Clue[] {
  const text = reading.has(file) ? (reading.repo.read(file) ?? '') : '';
  const found = /^\[tools\][^[]*?^node(?:js)?[ \t]*=[ \t]*(?:\[[ \t]*)?["']([^"']+)["']/m.exec(text);
  const [whole = '', written] = found ?? [];
  if (found === null || written === undefined) return [];
  return [{ written, version: parseNodeVersion(written), evidence: { file, line: lineAt(text, found.index + whole.length) } }];
}

function toolVersionsClue(reading: Reading, file: string): Clue[] {
  const text = reading.has(file) ? (reading.repo.read(file) ?? '') : '';
  const found = /^node(?:js)?[ \t]+(\S+)/m.exec(text);
  const [, written] = found ?? [];
  return found && written !== undefined
    ? [{ written, version: parseNodeVersion(written), evidence: { file, line: lineAt(text, found.index) } }]
    : [];
}

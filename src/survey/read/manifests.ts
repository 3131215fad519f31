import type { Node } from 'jsonc-parser';
import type { Dependency, Evidence } from '../../contract/index.ts';
import { type JsonText, members, parseJson, property, stringList, stringValue } from './json-text.ts';
import { baseName, dirOf } from './paths.ts';
import { lineAt, type Reading } from './reading.ts';

export interface Script {
  readonly name: string;
  readonly command: string;
  /** Raw range of the JSON string in package.json, quotes included. */
  readonly start: number;
  readonly end: number;
  readonly evidence: Evidence;
}

/** One package.json as written. */
export interface Manifest {
  readonly dir: string;
  readonly file: string;
  readonly json: JsonText;
  readonly name?: string;
  readonly scripts: readonly Script[];
  readonly dependencies: readonly Omit<Dependency, 'resolved'>[];
  readonly workspaces: readonly string[];
}

const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
const foreign = /(^|\/)(node_modules|bower_components|__fixtures__|fixtures|\.yarn|\.git)\//;

/** Every readable package.json; broken ones are reported and left out. */
export function readManifests(reading: Reading): readonly Manifest[] {
  return reading.once('manifests', () =>
    reading.repo.files
      .filter((file) => baseName(file) === 'package.json' && !foreign.test(file))
      .flatMap((file) => readManifest(reading, file) ?? []),
  );
}

/** Folders of the packages by name. */
export function packageDirs(reading: Reading): ReadonlyMap<string, string> {
  return reading.once(
    'package dirs',
    () => new Map(readManifests(reading).flatMap(({ name, dir }) => (name === undefined ? [] : [[name, dir]]))),
  );
}

function readManifest(reading: Reading, file: string): Manifest | undefined {
  const text = reading.repo.read(file);
  if (text === undefined) return undefined;
  const json = parseJson(text);
  if (json.error !== undefined || json.root?.type !== 'object') {
    const { message, line } = json.error ?? { message: 'it is not an object', line: 1 };
    reading.report('TW1003', `${file}: ${message}`, { file, line });
    return undefined;
  }
  const { root } = json;
  const name = stringValue(property(root, 'name'));
  const workspaces = property(root, 'workspaces');
  return {
    dir: dirOf(file),
    file,
    json,
    ...(name !== undefined && name !== '' && { name }),
    scripts: scriptsOf(file, text, root),
    dependencies: sections.flatMap((section) => dependenciesOf(file, text, root, section)),
    workspaces: workspaces?.type === 'object' ? stringList(property(workspaces, 'packages')) : stringList(workspaces),
  };
}

function scriptsOf(file: string, text: string, root: Node): Script[] {
  return members(property(root, 'scripts')).flatMap(({ key, value }) => {
    const command = stringValue(value);
    if (command === undefined) return [];
    const evidence = { file, line: lineAt(text, value.offset) };
    return [{ name: key, command, start: value.offset, end: value.offset + value.length, evidence }];
  });
}

function dependenciesOf(file: string, text: string, root: Node, section: Dependency['section']): Omit<Dependency, 'resolved'>[] {
  return members(property(root, section)).flatMap(({ key, keyNode, value }) => {
    const range = stringValue(value);
    return range === undefined ? [] : [{ ...named(key, range), section, evidence: { file, line: lineAt(text, keyNode.offset) } }];
  });
}

/** `"express4": "npm:express@4.21.2"` is Express by another name. */
function named(key: string, written: string): Pick<Dependency, 'name' | 'as' | 'range'> {
  const [, name, range] = /^npm:((?:@[^/@]+\/)?[^@/]+)@(.+)$/.exec(written) ?? [];
  return name === undefined || range === undefined || name === key ? { name: key, range: written } : { name, as: key, range };
}

/** The range as package.json and lock files have it. */
export function writtenRange({ name, as, range }: Pick<Dependency, 'name' | 'as' | 'range'>): string {
  return as === undefined ? range : `npm:${name}@${range}`;
}

/** Where a top-level field of the manifest was read. */
export function fieldEvidence(manifest: Manifest, ...path: readonly string[]): Evidence {
  let node: Node | undefined = manifest.json.root;
  for (const name of path) node = property(node, name);
  return { file: manifest.file, line: lineAt(manifest.json.text, node?.offset ?? 0) };
}

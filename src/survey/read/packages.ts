import type { Dockerfile, Fact, ModuleSystem, Package } from '../../contract/index.ts';
import { nodeTargetOf } from '../facts/node-target.ts';
import type { Surroundings } from '../launch/trail.ts';
import { buildOf } from './build.ts';
import { property, stringValue } from './json-text.ts';
import { lockingOf } from './lockfiles.ts';
import { fieldEvidence, type Manifest } from './manifests.ts';
import { workspaceGlobs } from './workspaces.ts';

/** Facts about every package.json. */
export function describePackages(around: Surroundings, dockerfiles: readonly Dockerfile[]): Package[] {
  return around.manifests.map((manifest) => describe(around, manifest, dockerfiles));
}

function describe({ reading, manifests, roots }: Surroundings, manifest: Manifest, dockerfiles: readonly Dockerfile[]): Package {
  const root = roots.get(manifest.dir) ?? manifest.dir;
  const { packageManager, lockfiles, resolve } = lockingOf(reading, manifests, manifest, root);
  const dependencies = manifest.dependencies.map((each) => {
    const resolved = resolve(manifest.dir, each.name, each.range);
    return { ...each, ...(resolved !== undefined && { resolved }) };
  });
  const field = (name: string): string | undefined => stringValue(property(manifest.json.root, name));
  const type: ModuleSystem = field('type') === 'module' ? 'esm' : 'commonjs';
  const build = buildOf(reading, manifest, root, dependencies, type);
  const node = nodeTargetOf(reading, manifests, manifest, dockerfiles);
  const testRunner = testRunnerOf(manifest);
  const published = publishedBy(manifest);
  const version = field('version');
  const main = field('main');
  return {
    dir: manifest.dir,
    manifest: manifest.file,
    ...(manifest.name !== undefined && { name: manifest.name }),
    ...(version !== undefined && { version }),
    type,
    dependencies,
    ...(node && { node }),
    ...(build && { build }),
    packageManager,
    lockfiles,
    workspaceRoot: workspaceGlobs(reading, manifest).length > 0,
    root,
    ...(main !== undefined && { main }),
    ...(testRunner && { testRunner }),
    ...(published && { published }),
  };
}

const releaseTools = ['semantic-release', 'np', 'release-it', '@changesets/cli'];

/** Few applications say `private`; a list of what to pack, a command or a release tool says that the package is for others. */
function publishedBy(manifest: Manifest): Fact<string> | undefined {
  const { root } = manifest.json;
  if (manifest.name === undefined || property(root, 'private')?.value === true) return undefined;
  const field = ['publishConfig', 'files', 'bin'].find((name) => property(root, name) !== undefined);
  if (field !== undefined) return { value: field, evidence: fieldEvidence(manifest, field) };
  const script = manifest.scripts.find((each) => each.name === 'prepublishOnly');
  if (script !== undefined) return { value: script.name, evidence: script.evidence };
  const tool = manifest.dependencies.find(({ name }) => releaseTools.includes(name));
  return tool && { value: tool.name, evidence: tool.evidence };
}

const testRunners = ['vitest', 'jest', 'mocha', 'ava', 'tap'] as const;

function testRunnerOf(manifest: Manifest): Package['testRunner'] {
  const scripts = manifest.scripts.map((each) => each.command).join('\n');
  const run = testRunners.find((name) => new RegExp(`\\b${name}\\b`).test(scripts));
  if (run) return run;
  if (/\bnode\s[^&|]*--test\b/.test(scripts)) return 'node:test';
  return testRunners.find((name) => manifest.dependencies.some((each) => each.name === name));
}

import type { Dockerfile, ModuleSystem, Package } from '../../contract/index.ts';
import { nodeTargetOf } from '../facts/node-target.ts';
import type { Surroundings } from '../launch/trail.ts';
import { buildOf } from './build.ts';
import { property, stringValue } from './json-text.ts';
import { lockingOf } from './lockfiles.ts';
import { type Manifest, writtenRange } from './manifests.ts';
import { publishedBy } from './published.ts';
import { workspaceGlobs } from './workspaces.ts';

/** Facts about every package.json. */
export function describePackages(around: Surroundings, dockerfiles: readonly Dockerfile[]): Package[] {
  return around.manifests.map((manifest) => describe(around, manifest, dockerfiles));
}

function describe({ reading, manifests, roots }: Surroundings, manifest: Manifest, dockerfiles: readonly Dockerfile[]): Package {
  const root = roots.get(manifest.dir) ?? manifest.dir;
  const { packageManager, lockfiles, resolve } = lockingOf(reading, manifests, manifest, root);
  // A library by its own name is meant before the same one by another name.
  const dependencies = manifest.dependencies
    .toSorted((a, b) => Number(a.as !== undefined) - Number(b.as !== undefined))
    .map((each) => {
      const resolved = resolve(manifest.dir, each.as ?? each.name, writtenRange(each));
      return { ...each, ...(resolved !== undefined && { resolved }) };
    });
  const field = (name: string): string | undefined => stringValue(property(manifest.json.root, name));
  const type: ModuleSystem = field('type') === 'module' ? 'esm' : 'commonjs';
  const build = buildOf(reading, manifest, root, dependencies, type);
  const node = nodeTargetOf(reading, manifests, manifest, dockerfiles);
  const testRunner = testRunnerOf(manifest);
  const published = publishedBy(reading, manifest);
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

const testRunners = ['vitest', 'jest', 'mocha', 'ava', 'tap'] as const;

function testRunnerOf(manifest: Manifest): Package['testRunner'] {
  const scripts = manifest.scripts.map((each) => each.command).join('\n');
  const run = testRunners.find((name) => new RegExp(`\\b${name}\\b`).test(scripts));
  if (run) return run;
  if (/\bnode\s[^&|]*--test\b/.test(scripts)) return 'node:test';
  return testRunners.find((name) => manifest.dependencies.some((each) => each.name === name));
}

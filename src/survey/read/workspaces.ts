import { type JsonText, parseJson, property, stringList } from './json-text.ts';
import type { Manifest } from './manifests.ts';
import { globExpression, isInside, joinPath, upwards, within } from './paths.ts';
import type { Reading } from './reading.ts';
import { readYaml, yamlAt, yamlStrings } from './yaml-text.ts';

/** Workspace globs a root states, from package.json, pnpm-workspace.yaml or lerna.json. */
export function workspaceGlobs(reading: Reading, manifest: Manifest): string[] {
  const globs = [...manifest.workspaces];
  const pnpm = joinPath(manifest.dir, 'pnpm-workspace.yaml');
  const [yaml] = reading.has(pnpm) ? readYaml(reading, pnpm) : [];
  if (yaml) globs.push(...yamlStrings(yaml, yamlAt(yaml, yaml.document.contents, 'packages')));
  const lerna = joinPath(manifest.dir, 'lerna.json');
  if (reading.has(lerna)) globs.push(...lernaGlobs(parseJson(reading.repo.read(lerna) ?? '', 'relaxed')));
  return [...new Set(globs)];
}

function lernaGlobs(lerna: JsonText): string[] {
  const packages = stringList(property(lerna.root, 'packages'));
  return packages.length > 0 || property(lerna.root, 'useWorkspaces') ? packages : ['packages/*'];
}

/** True when the globs of a root (with `!` exclusions) take in a folder. */
function takesIn(globs: readonly string[], path: string): boolean {
  let taken = false;
  for (const glob of globs) {
    const isNegated = glob.startsWith('!');
    const pattern = (isNegated ? glob.slice(1) : glob).replace(/^\.?\//, '').replace(/\/(package\.json)?$/, '');
    if (globExpression(pattern).test(path)) taken = !isNegated;
  }
  return taken;
}

/** Folder of the workspace root for every package; its own when it is one or stands alone. */
export function workspaceRoots(reading: Reading, manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const roots = manifests
    .map((manifest) => ({ dir: manifest.dir, globs: workspaceGlobs(reading, manifest) }))
    .filter((each) => each.globs.length > 0);
  return new Map(
    manifests.map(({ dir }) => {
      const owner = upwards(dir)
        .filter((above) => above !== dir)
        .map((above) => roots.find((root) => root.dir === above))
        .find((root) => root !== undefined && isInside(root.dir, dir) && takesIn(root.globs, within(root.dir, dir)));
      return [dir, owner?.dir ?? dir];
    }),
  );
}

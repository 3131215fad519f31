import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { Repo, Splice } from '../../src/contract/index.ts';
import { withoutFolder } from '../kit/index.ts';
import type { TracedService } from '../service/index.ts';
import { reasons } from './reasons.ts';

const bundlers: ReadonlySet<string> = new Set(['esbuild', 'webpack', 'rollup']);

/** A bundler leaves out an import for its effect when package.json says that the package has none: the bootstrap is named as one that has. */
export function sideEffectsEdits({ pkg, bootstraps }: TracedService, repo: Repo): readonly Splice[] {
  const text = repo.read(pkg.manifest) ?? '';
  if (pkg.build === undefined || !bundlers.has(pkg.build.tool) || !text.includes('"sideEffects"')) return [];
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(bom));
  const stated = root && findNodeAtLocation(root, ['sideEffects']);
  const files = bootstraps.filter(({ form }) => form !== 'require').map(({ file }) => `./${withoutFolder(file, pkg.dir)}`);
  const missing = stated === undefined ? [] : files.filter((file) => !covers(stated, file));
  if (stated === undefined || missing.length === 0) return [];
  const names = missing.map((file) => JSON.stringify(file)).join(', ');
  const last = stated.children?.at(-1);
  const at = bom + (last === undefined ? stated.offset : last.offset + last.length);
  const end = last === undefined ? bom + stated.offset + stated.length : at;
  const added = last === undefined ? `[${names}]` : `, ${names}`;
  return [{ kind: 'splice', file: pkg.manifest, start: at, end, text: added, why: reasons.sideEffects(missing) }];
}

/** True for `true`, and for a list with the file or with a pattern, which a person has thought about. */
function covers(stated: Node, file: string): boolean {
  if (stated.type !== 'array') return stated.value !== false;
  const names = (stated.children ?? []).map(({ value }) => String(value).replace(/^\.\//, ''));
  const name = file.slice(2);
  return names.some((each) => each === name || (/^(\*\*\/)?\*?\*(\.[cm]?[jt]s)?$/.test(each) && name.endsWith(each.replace(/^.*\*/, ''))));
}

import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import semver from 'semver';
import type { Cohort } from '../../src/cohort/index.ts';
import type { Evidence, Package, Repo } from '../../src/contract/index.ts';
import { joinPath } from '../kit/index.ts';
import { versionIn } from './versions.ts';

/** A version that package.json sets for every copy of a package, against the one that is needed. */
export interface Override {
  readonly name: string;
  readonly field: string;
  readonly stated: string;
  readonly needed: string;
  readonly evidence: Evidence;
}

const fields: readonly (readonly [field: string, path: readonly string[]])[] = [
  ['overrides', ['overrides']],
  ['resolutions', ['resolutions']],
  ['pnpm.overrides', ['pnpm', 'overrides']],
];

/** The first override that would put another version in the place of one that tracing needs. */
export function overrideAgainst(pkg: Package, cohort: Cohort, repo: Repo): Override | undefined {
  const files = [...new Set([pkg.manifest, joinPath(pkg.root, 'package.json')])];
  return files.flatMap((file) => fields.flatMap(([field, path]) => against(file, field, path, cohort, repo)))[0];
}

function against(file: string, field: string, path: readonly string[], cohort: Cohort, repo: Repo): readonly Override[] {
  const text = repo.read(file) ?? '';
  const node = text.includes('@opentelemetry/') ? parseTree(text) : undefined;
  const members = (node && findNodeAtLocation(node, [...path])?.children) ?? [];
  return members.flatMap(({ children: [key, value] = [], offset }) => {
    const name = String(key?.value ?? '').replace(/^\*\*\//, '');
    const needed = versionIn(cohort, name);
    const stated = statedBy(value);
    if (needed === undefined || stated === undefined || stated.startsWith('$') || isMet(field, stated, needed)) return [];
    return [{ name, field, stated, needed, evidence: { file, line: text.slice(0, offset).split('\n').length } }];
  });
}

/** npm names the version itself `.` where it also overrides what the package needs. */
function statedBy(value: Node | undefined): string | undefined {
  const own = value?.type === 'object' ? findNodeAtLocation(value, ['.']) : value;
  return own?.type === 'string' ? String(own.value) : undefined;
}

/** npm refuses to install a dependency beside an override that is written otherwise; the others put theirs in its place. */
function isMet(field: string, stated: string, needed: string): boolean {
  return field === 'overrides' ? stated === needed : semver.validRange(stated) === null || semver.satisfies(needed, stated);
}

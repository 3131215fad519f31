import semver from 'semver';
import type { Package, Repo } from '../../src/contract/index.ts';
import { joinPath } from '../kit/index.ts';

/** The comment that lets a TypeScript file load modules by `require`, for the linter that the package or its workspace declares. */
export function requireLint(pkg: Package, repo: Repo): readonly string[] {
  const manifests = [...new Set([pkg.manifest, joinPath(pkg.root, 'package.json')])].map((file) => repo.read(file) ?? '');
  const rangeOf = (name: string): string | undefined =>
    manifests.flatMap((text) => new RegExp(`"${name}"\\s*:\\s*"([^"]+)"`).exec(text)?.[1] ?? [])[0];
  const range = rangeOf('@typescript-eslint/eslint-plugin') ?? rangeOf('typescript-eslint');
  if (range !== undefined) return [`/* eslint-disable @typescript-eslint/${ruleIn(range)} */`];
  return rangeOf('tslint') === undefined ? [] : ['// tslint:disable:no-var-requires'];
}

/** The recommended rule against `require` changed with version 8. */
function ruleIn(range: string): string {
  const isOld = semver.validRange(range) !== null && semver.intersects(range, '<8');
  return isOld ? 'no-var-requires' : 'no-require-imports';
}

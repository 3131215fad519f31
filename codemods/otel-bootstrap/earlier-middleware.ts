import semver from 'semver';
import { middlewareVersion } from '../../src/cohort/index.ts';
import type { Dependency, Package } from '../../src/contract/index.ts';
import { joinPath } from '../kit/index.ts';
import { dependencyOf } from '../service/index.ts';

const packed = /^file:(?:\.\/)?vendor\/(tracewright-middleware-(\d[^/]*)\.tgz)$/;

/** The packed middleware of an earlier version that a package installs, as it is declared. */
export function earlierMiddleware(pkg: Package): { readonly file: string; readonly version: string } | undefined {
  const { name, version } = packedIn(pkg);
  return isVersion(version) && semver.lt(version, middlewareVersion)
    ? { file: joinPath(joinPath(pkg.dir, 'vendor'), name), version }
    : undefined;
}

/** The dependency on a packed middleware that is newer than this toolkit. */
export function laterMiddleware(pkg: Package): Dependency | undefined {
  const { version, declared } = packedIn(pkg);
  return isVersion(version) && semver.gt(version, middlewareVersion) ? declared : undefined;
}

function packedIn(pkg: Package): { readonly name: string; readonly version: string; readonly declared: Dependency | undefined } {
  const declared = dependencyOf(pkg, '@tracewright/middleware');
  const [, name = '', version = ''] = packed.exec(declared?.range ?? '') ?? [];
  return { name, version, declared };
}

function isVersion(version: string): boolean {
  return semver.valid(version) !== null;
}

import semver from 'semver';
import { middlewareVersion } from '../cohort/index.ts';
import { type Finding, finding } from './finding.ts';
import { type Scene, tracedPackages } from './scene.ts';

const packed = /\/tracewright-middleware-(\d[^/]*)\.tgz$/;

/** Packages that another version of Tracewright migrated; what is new since is no fault of the repository. */
export function findOutdated(scene: Scene): readonly Finding[] {
  return tracedPackages(scene).flatMap(({ dependencies }): readonly Finding[] => {
    const declared = dependencies.find(({ name }) => name === '@tracewright/middleware');
    const version = packed.exec(declared?.range ?? '')?.[1] ?? '';
    if (declared === undefined || semver.valid(version) === null || version === middlewareVersion) return [];
    const { file, line } = declared.evidence;
    const found = `@tracewright/middleware is ${version} here, and this version of Tracewright writes ${middlewareVersion}.`;
    const next = semver.gt(version, middlewareVersion) ? 'Run the version of Tracewright that wrote it, or a newer one.' : undefined;
    return [finding('TW2107', file, line, found, next)];
  });
}

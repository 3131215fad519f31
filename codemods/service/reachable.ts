import type { Cohort } from '../../src/cohort/index.ts';
import type { Build, Entry, Package, Repo, Service } from '../../src/contract/index.ts';
import { compilerOptions, folderOf, isWithin, withoutFolder } from '../kit/index.ts';
import type { Bootstrap } from './bootstrap.ts';
import type { Refusal } from './refusal.ts';

/** True when one file is built of the sources but not of all dependencies, whose imports then come before all code of the file. */
export function isHoisted(bootstrap: Bootstrap, { build }: Package): boolean {
  return bootstrap.form === 'loader' && build?.hoists === true;
}

/** True when a relative import written in the entry also finds the bootstrap from where the build puts the entry. */
export function isReachable(entry: Entry, bootstrap: Bootstrap, pkg: Package, repo: Repo): boolean {
  const { build } = pkg;
  if (bootstrap.form !== 'loader' || build === undefined || build.bundles || build.output === undefined) return true;
  if (!isMoved(entry, build)) return true;
  const depth = (folder: string | undefined): number =>
    withoutFolder(folder ?? '', pkg.dir)
      .split('/')
      .filter(Boolean).length;
  return depth(build.source ?? folderOf(entry.file)) === depth(build.output) && !compilerOptions(pkg.dir, repo).allowJs;
}

function isMoved(entry: Entry, build: Build): boolean {
  return build.output !== undefined && !isWithin(entry.file, build.output) && isWithin(entry.file, build.source ?? '');
}

/** Why nothing would load the bootstraps: no entry finds them by a first line from where its build puts it, and its Node.js has no --import. */
export function unloadable(
  { name }: Service,
  pkg: Package,
  bootstraps: readonly Bootstrap[],
  cohort: Cohort,
  repo: Repo,
): Refusal | undefined {
  const isLost = (bootstrap: Bootstrap): boolean =>
    isHoisted(bootstrap, pkg) || bootstrap.entries.every((entry) => !isReachable(entry, bootstrap, pkg, repo));
  if (cohort.hook !== undefined || bootstraps.length === 0 || !bootstraps.every(isLost)) return undefined;
  const evidence = pkg.node?.evidence ?? { file: pkg.manifest, line: 1 };
  const node = pkg.node === undefined ? 'its Node.js' : `its Node.js (${pkg.node.range})`;
  return {
    code: 'TW2023',
    why: `The build of ${name} moves its ES modules to where no first line finds the bootstrap, and ${node} has no --import that would load it.`,
    next: `Move the service to Node.js 18.19 or later, first in ${evidence.file}:${evidence.line}, then plan again.`,
    evidence,
  };
}

import { isTestFile } from '../../src/ast/index.ts';
import type { Package, Repo, Survey } from '../../src/contract/index.ts';
import { isWithin } from './paths.ts';

/** Source files of a package that mention a needle and run in production: no tests, no build output, nothing of a package inside it. */
export function sourcesOf(pkg: Package, needles: readonly string[], survey: Survey, repo: Repo): readonly string[] {
  const inner = survey.packages.filter((other) => other.dir !== pkg.dir && isWithin(other.dir, pkg.dir)).map((other) => other.dir);
  const left = pkg.build?.output === undefined || pkg.build.output === pkg.dir ? inner : [...inner, pkg.build.output];
  return repo
    .mentioning(needles)
    .filter((file) => isWithin(file, pkg.dir) && !isTestFile(file) && !left.some((folder) => isWithin(file, folder)));
}

import { isTestFile } from '../../src/ast/index.ts';
import type { Package, Repo, Survey } from '../../src/contract/index.ts';
import { loadedFiles, reachedFiles } from '../../src/survey/index.ts';
import { isWithin, withoutFolder } from '../kit/index.ts';

/** Source files of a package that mention a needle and that its programs may load. */
export function sourcesOf(pkg: Package, needles: readonly string[], survey: Survey, repo: Repo): readonly string[] {
  const mayBe = loadable(pkg, survey, repo);
  return productSources(pkg, needles, survey, repo).filter(mayBe);
}

/** Those that none of its programs loads: a browser's, a script's that nobody starts here. */
export function unloadedSources(pkg: Package, needles: readonly string[], survey: Survey, repo: Repo): readonly string[] {
  const mayBe = loadable(pkg, survey, repo);
  return productSources(pkg, needles, survey, repo).filter((file) => !mayBe(file));
}

/** True for what the programs of a package load for sure. A package in which none starts is a library: all of it may be. */
export function isReached(file: string, pkg: Package, survey: Survey, repo: Repo): boolean {
  const entries = entriesOf(pkg, survey);
  return entries.length === 0 || reachedFiles(repo, entries, pkg.dir).files.has(file);
}

function entriesOf(pkg: Package, survey: Survey): readonly string[] {
  return survey.services.find((service) => service.package === pkg.dir)?.entries.map(({ file }) => file) ?? [];
}

/** Folders of what people run by hand beside the program. */
const aside =
  /^(scripts?|tools?|tooling|migrations?|seeds?|seeders|gulp|grunt|webpack)\/|^(gulpfile|Gruntfile|[\w.-]+\.config)(\.[\w.]+)?\.[cm]?[jt]s$/;

/** Whether a program of the package may load a file: what texts name, and where they may not name all, whatever does not lie aside. */
function loadable(pkg: Package, survey: Survey, repo: Repo): (file: string) => boolean {
  const entries = entriesOf(pkg, survey);
  if (entries.length === 0) return () => true;
  const loaded = loadedFiles(repo, entries, pkg.dir);
  if (loaded !== undefined) return (file) => loaded.has(file);
  const isAside = (file: string): boolean => aside.test(withoutFolder(file, pkg.dir));
  const named = reachedFiles(repo, entries, pkg.dir).files;
  return (file) => !isAside(file) || named.has(file) || entries.some(isAside);
}

/** No tests, no build output, nothing of a package inside it. */
function productSources(pkg: Package, needles: readonly string[], survey: Survey, repo: Repo): readonly string[] {
  const inner = survey.packages.filter((other) => other.dir !== pkg.dir && isWithin(other.dir, pkg.dir)).map((other) => other.dir);
  const left = pkg.build?.output === undefined || pkg.build.output === pkg.dir ? inner : [...inner, pkg.build.output];
  return repo
    .mentioning(needles)
    .filter((file) => isWithin(file, pkg.dir) && !isTestFile(file) && !left.some((folder) => isWithin(file, folder)));
}

/** Written by a build, which writes over every edit in it. Not where a program starts in it: its source is not known. */
export function isBuildOutput(file: string, { packages, services }: Survey): boolean {
  return packages.some(({ dir, build }) => {
    const output = build?.output;
    if (output === undefined || output === dir || !isWithin(file, output)) return false;
    if (build?.source !== undefined && isWithin(build.source, output)) return false;
    return !services.some(({ entries }) => entries.some((entry) => isWithin(entry.file, output)));
  });
}

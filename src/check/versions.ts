import semver from 'semver';
import { cohortFor } from '../cohort/index.ts';
import type { Dependency, Package } from '../contract/index.ts';
import { type Finding, finding } from './finding.ts';
import { isTracing, type Scene, tracedPackages } from './scene.ts';

/** Tracing packages outside of the versions that fit the Node.js target, and those the lock file does not hold as declared. */
export function findVersions(scene: Scene): readonly Finding[] {
  return tracedPackages(scene).flatMap((pkg) => [...skewed(pkg), ...unlocked(pkg)]);
}

function skewed(pkg: Package): readonly Finding[] {
  const choice = cohortFor(pkg.node);
  if (choice.status === 'unsupported') {
    const { file, line } = pkg.node?.evidence ?? { file: pkg.manifest, line: 1 };
    return [finding('TW1050', file, line, choice.why, choice.next)];
  }
  const { core, hook, api } = choice.cohort;
  return pkg.dependencies.flatMap((dependency) => {
    const needed = core[dependency.name] ?? hook?.[dependency.name];
    const accepted = dependency.name === '@opentelemetry/api' ? api : needed;
    if (accepted === undefined || needed === undefined || fits(dependency, accepted)) return [];
    const { name, range, resolved, evidence } = dependency;
    const found = resolved === undefined || resolved === range ? range : `${range}, locked at ${resolved}`;
    const why = `${name} is ${found}, and ${accepted} is what fits the rest. ${choice.why}`;
    const isOurs = dependency.section === 'dependencies' && semver.valid(range) !== null && range !== needed;
    const next = isOurs ? `Run \`tracewright apply --install\`, which sets it to ${needed}.` : `Set ${name} to ${needed} and install.`;
    return [finding('TW2121', evidence.file, evidence.line, why, next)];
  });
}

function fits({ range, resolved }: Dependency, accepted: string): boolean {
  const declared = semver.validRange(range);
  if (declared === null || !semver.intersects(declared, accepted)) return false;
  return resolved === undefined ? semver.subset(declared, accepted) : semver.satisfies(resolved, accepted);
}

function unlocked(pkg: Package): readonly Finding[] {
  const [lock] = pkg.lockfiles;
  if (lock === undefined) return [];
  const declared = pkg.dependencies.filter(({ name, section }) => isTracing(name) && section !== 'peerDependencies');
  const absent = declared.filter(
    ({ range, resolved }) => resolved === undefined && (semver.validRange(range) !== null || pkg.packageManager === 'npm'),
  );
  const other = declared.filter(({ range, resolved }) => resolved !== undefined && isOutside(resolved, range));
  const next = `Run ${installOf(pkg)} and commit ${lock}.`;
  return [
    ...together(absent, next, (found) => {
      const names = found.map(({ name }) => name).join(', ');
      return found.length === 1
        ? `${names} is declared here and is not in ${lock}.`
        : `${found.length} packages are declared here and are not in ${lock}: ${names}.`;
    }),
    ...together(
      other,
      next,
      (found) => `${found.map(({ name, range, resolved }) => `${name} is ${range} here and ${resolved}`).join(', ')} in ${lock}.`,
    ),
  ];
}

function isOutside(resolved: string, range: string): boolean {
  const declared = semver.validRange(range);
  return declared !== null && !semver.satisfies(resolved, declared);
}

/** One finding for all of them, because one install mends all. */
function together(found: readonly Dependency[], next: string, why: (found: readonly Dependency[]) => string): readonly Finding[] {
  const [first] = found;
  return first === undefined ? [] : [finding('TW2122', first.evidence.file, first.evidence.line, why(found), next)];
}

function installOf({ packageManager }: Package): string {
  return packageManager === 'yarn-berry' ? '`yarn install`' : `\`${packageManager} install\``;
}

import semver from 'semver';
import { isShippedName } from '../../src/cohort/index.ts';
import type { Edit, ManifestEdit, Repo, Splice, Survey } from '../../src/contract/index.ts';
import { baseOf } from '../kit/index.ts';
import { dependencyOf, type TracedService } from '../service/index.ts';
import { earlierMiddleware } from './earlier-middleware.ts';
import { tarball } from './manifest-edits.ts';
import { reasons } from './reasons.ts';

const middleware = '@tracewright/middleware';

/** Takes the packed file of an earlier version away, and lets the new one through where ignore files name the old one. */
export function replaceTarball({ pkg }: TracedService, repo: Repo, survey: Survey): readonly Edit[] {
  const earlier = earlierMiddleware(pkg);
  if (earlier === undefined) return [];
  const name = baseOf(earlier.file);
  const isShared = survey.packages.some(
    (other) => other.dir !== pkg.dir && dependencyOf(other, middleware)?.range.endsWith(`../vendor/${name}`),
  );
  const removed: readonly Edit[] =
    repo.files.includes(earlier.file) && !isShared
      ? [{ kind: 'delete', file: earlier.file, why: reasons.oldTarball(earlier.version) }]
      : [];
  return [...removed, ...renamedIn(name, repo)];
}

function renamedIn(name: string, repo: Repo): readonly Splice[] {
  const ignores = repo.files.filter((file) => /(?:^|\/)\.gitignore$|\.dockerignore$/.test(file));
  return ignores.flatMap((file) => {
    const lines = [...(repo.read(file) ?? '').matchAll(/^!.*$/gm)].filter(([line]) => line.trimEnd().endsWith(`/${name}`));
    return lines.map(({ 0: line, index }): Splice => {
      const start = index + line.lastIndexOf(name);
      return { kind: 'splice', file, start, end: start + name.length, text: tarball, why: reasons.renamedTarball };
    });
  });
}

/** Dependencies that an earlier version added, that nothing needs any more and no file of the repository names. */
export function droppedDependencies(
  traced: TracedService,
  wanted: ReadonlySet<string>,
  texts: Readonly<Record<string, string>>,
  repo: Repo,
): readonly ManifestEdit[] {
  const { pkg, service } = traced;
  const left = pkg.dependencies.filter(
    ({ name, section, range }) => section === 'dependencies' && isShippedName(name) && !wanted.has(name) && semver.valid(range) !== null,
  );
  const isUsed = (name: string): boolean =>
    service.launches.some(({ command }) => command.includes(name)) ||
    repo.mentioning(tracingNames).some((file) => namesPackage(texts[file] ?? repo.read(file) ?? '', name));
  return left
    .filter(({ name }) => !isUsed(name))
    .map(({ name }) => ({ kind: 'manifest', file: pkg.manifest, path: ['dependencies', name], why: reasons.droppedDependency(name) }));
}

/** Needles of every package that we ever add. */
export const tracingNames: readonly string[] = ['@opentelemetry/', 'import-in-the-middle'];

function namesPackage(text: string, name: string): boolean {
  return [`'${name}'`, `"${name}"`, `\`${name}\``, `'${name}/`, `"${name}/`, `\`${name}/`].some((written) => text.includes(written));
}

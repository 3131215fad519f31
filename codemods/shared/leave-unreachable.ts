import { lineOf, sourceOf } from '../../src/ast/index.ts';
import type { Draft, Edit, Package, Repo, Survey, Task } from '../../src/contract/index.ts';
import { isWithin, joinPath } from './paths.ts';

const middleware = '@tracewright/middleware';

/** Hands edits of files in which an import of the middleware would fail to a person, one task for each file. */
export function leaveUnreachable({ edits, tasks, ...rest }: Draft, repo: Repo, survey: Survey): Draft {
  const isLeft = (edit: Edit): edit is Edit & { kind: 'splice' } => edit.kind === 'splice' && !findsMiddleware(edit.file, repo, survey);
  const files = [...new Set(edits.filter(isLeft).map(({ file }) => file))];
  const left = files.flatMap((file) =>
    taskOf(
      file,
      Math.min(
        ...edits
          .filter(isLeft)
          .filter((edit) => edit.file === file)
          .map(({ start }) => start),
      ),
      repo,
      survey,
    ),
  );
  return { ...rest, edits: edits.filter((edit) => !isLeft(edit)), tasks: [...tasks, ...left] };
}

/** True when Node.js finds what a service installs from this file: its own package or one around it has it, or workspaces share one folder. */
function findsMiddleware(file: string, repo: Repo, survey: Survey): boolean {
  if (survey.services.length === 0) return true;
  const own = packageAround(file, survey);
  if (own?.dependencies.some(({ name }) => name === middleware)) return true;
  return survey.services.some(({ package: dir }) => {
    const root = survey.packages.find((each) => each.dir === dir)?.root;
    return isWithin(file, dir) || (own !== undefined && root !== undefined && own.root === root && sharesModules(own, root, repo));
  });
}

/** npm and yarn put what a workspace needs into the folder of the root, where all find it; pnpm and Plug'n'Play do not. */
function sharesModules({ packageManager }: Package, root: string, repo: Repo): boolean {
  return packageManager !== 'pnpm' && !repo.files.includes(joinPath(root, '.pnp.cjs'));
}

function packageAround(file: string, survey: Survey): Package | undefined {
  return survey.packages.filter(({ dir }) => isWithin(file, dir)).sort((a, b) => b.dir.length - a.dir.length)[0];
}

function taskOf(file: string, start: number, repo: Repo, survey: Survey): readonly Task[] {
  const source = sourceOf(file, repo.read(file));
  const manifest = packageAround(file, survey)?.manifest;
  if (source === undefined) return [];
  const why = `${file} is outside of every service that gets the middleware, so an import of it would fail there.`;
  const next = `Add ${middleware} to ${manifest ?? 'a package.json above it'} as the service's package.json has it, then plan again.`;
  return [{ file, line: lineOf(source, start), why, next }];
}

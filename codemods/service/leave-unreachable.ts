import { lineOf, sourceOf } from '../../src/ast/index.ts';
import type { Draft, Edit, Package, Repo, Survey, Task } from '../../src/contract/index.ts';
import { reachedFiles } from '../../src/survey/index.ts';
import { isWithin, joinPath, relativeFrom } from '../kit/index.ts';
import { withWorkspacePackages } from './workspace-packages.ts';

const middleware = '@tracewright/middleware';

/** Hands edits of files in which an import of the middleware would fail to a person, one task for each file. */
export function leaveUnreachable({ edits, tasks, ...rest }: Draft, repo: Repo, survey: Survey): Draft {
  const isLeft = (edit: Edit): edit is Edit & { kind: 'splice' } => edit.kind === 'splice' && !findsMiddleware(edit.file, repo, survey);
  const files = [...new Set(edits.filter(isLeft).map(({ file }) => file))].filter((file) => mayRun(file, repo, survey));
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

/** True when a program of a service may run the file: of its own package, one that it depends on, or a file that it names. */
function mayRun(file: string, repo: Repo, survey: Survey): boolean {
  const own = packageAround(file, survey);
  return survey.services.some(({ package: dir, entries }) => {
    const pkg = survey.packages.find((each) => each.dir === dir);
    if (own === undefined || pkg === undefined || withWorkspacePackages(pkg, survey).includes(own)) return true;
    const reached = reachedFiles(
      repo,
      entries.map((entry) => entry.file),
      dir,
    );
    return reached.files.has(file);
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
  const own = packageAround(file, survey);
  if (source === undefined) return [];
  const why = `${file} is outside of every service that gets the middleware, so an import of it would fail there, and its part stays untraced.`;
  const next = `Add ${neededIn(own, repo, survey)} to ${own?.manifest ?? 'a package.json above it'}, then plan again.`;
  return [{ file, line: lineOf(source, start), why, next }];
}

/** The dependencies as they are written in that package: the packed file lies in the folder of a service. */
function neededIn(own: Package | undefined, repo: Repo, survey: Survey): string {
  const users = survey.packages.toSorted((a, b) => Number(uses(b, own)) - Number(uses(a, own)));
  for (const { dir, manifest } of users) {
    const text = repo.read(manifest) ?? '';
    const [, packed] = new RegExp(`"${middleware}"\\s*:\\s*"file:([^"]+)"`).exec(text) ?? [];
    const [, api] = /"@opentelemetry\/api"\s*:\s*"([^"]+)"/.exec(text) ?? [];
    if (packed === undefined || api === undefined) continue;
    return `"@opentelemetry/api": "${api}" and "${middleware}": "file:${relativeFrom(own?.dir ?? '', joinPath(dir, packed))}"`;
  }
  return `@opentelemetry/api and ${middleware} as the service's package.json has them`;
}

function uses({ dependencies }: Package, own: Package | undefined): boolean {
  return own !== undefined && dependencies.some(({ name }) => name === own.name);
}

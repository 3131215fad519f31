import ignore from 'ignore';
import type { Dockerfile, Repo, Splice } from '../../src/contract/index.ts';
import { folderOf, isWithin, joinPath, withoutFolder } from '../kit/index.ts';
import { reasons } from './reasons.ts';

/** Lines that let new files through the .gitignore and .dockerignore files that would drop them. */
export function ignoreEdits(created: readonly string[], dockerfiles: readonly Dockerfile[], repo: Repo): readonly Splice[] {
  return [...gitEdits(created, repo), ...dockerIgnoreEdits(created, dockerfiles, repo)];
}

function gitEdits(created: readonly string[], repo: Repo): readonly Splice[] {
  const ignores = repo.files.filter((file) => file === '.gitignore' || file.endsWith('/.gitignore'));
  return ignores.flatMap((file) => {
    const folder = folderOf(file);
    const text = repo.read(file) ?? '';
    const lines = created.filter((each) => isWithin(each, folder)).flatMap((each) => gitExceptions(text, withoutFolder(each, folder)));
    return append(file, text, [...new Set(lines)], reasons.keepInGit);
  });
}

/** git does not look into an ignored folder, so the folder is opened and the rest of it closed again. */
function gitExceptions(text: string, path: string): readonly string[] {
  const rules = ignore().add(text);
  if (!rules.ignores(path)) return [];
  const parents = path
    .split('/')
    .slice(0, -1)
    .map((_part, index, parts) => parts.slice(0, index + 1).join('/'));
  const closed = parents.filter((parent) => rules.ignores(`${parent}/`));
  return [...closed.flatMap((parent) => [`!/${parent}/`, `/${parent}/*`]), `!/${path}`];
}

/** The same for .dockerignore alone. */
export function dockerIgnoreEdits(created: readonly string[], dockerfiles: readonly Dockerfile[], repo: Repo): readonly Splice[] {
  const contexts = new Map<string, string>();
  for (const { file, context } of dockerfiles) {
    const own = `${file}.dockerignore`;
    contexts.set(repo.files.includes(own) ? own : joinPath(context, '.dockerignore'), context);
  }
  return [...contexts].flatMap(([file, context]) => {
    const text = repo.read(file);
    if (text === undefined) return [];
    const inside = created.filter((each) => isWithin(each, context)).map((each) => withoutFolder(each, context));
    const lines = inside.filter((path) => isLeftOut(text, path)).map((path) => `!${path}`);
    return append(file, text, lines, reasons.keepInContext);
  });
}

/** Unlike git, the last matching pattern decides even inside an excluded folder, and patterns start at the root of the context. */
function isLeftOut(text: string, path: string): boolean {
  let left = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const isException = pattern.startsWith('!');
    const rooted = `/${pattern
      .replace(/^!/, '')
      .replace(/^\.?\/+/, '')
      .replace(/\/+$/, '')}`;
    if (
      rooted !== '/' &&
      ignore()
        .add(rooted === '/.' ? '/*' : rooted)
        .ignores(path)
    )
      left = !isException;
  }
  return left;
}

function append(file: string, text: string, lines: readonly string[], why: string): readonly Splice[] {
  if (lines.length === 0) return [];
  const endsLine = text === '' || /[\r\n]$/.test(text);
  const added = endsLine ? `${lines.join('\n')}\n` : `\n${lines.join('\n')}`;
  return [{ kind: 'splice', file, start: text.length, end: text.length, text: added, why }];
}

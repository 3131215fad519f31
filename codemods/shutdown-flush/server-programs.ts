import { callsOf, importsOf, languageOf, propertyName, resolveModule, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Repo, Survey } from '../../src/contract/index.ts';
import { isWithin } from '../shared/paths.ts';

/** True when a file belongs to a program that serves: it starts or stops a server itself, is an entry of a service, or is loaded by one. */
export function isServerProgram(repo: Repo, survey: Survey, source: Source): boolean {
  if (startsServer(source)) return true;
  const entries = survey.services
    .filter((each) => isWithin(source.file, each.package))
    .flatMap((each) => each.entries.map(({ file }) => file));
  return entries.includes(source.file) || isLoadedBy(repo, entries, source.file);
}

function startsServer(source: Source): boolean {
  return callsOf(source).some((call) => {
    const name = propertyName(call.callee) ?? (call.callee.type === 'Identifier' ? call.callee.name : '');
    return (
      name === 'listen' ||
      name === 'createServer' ||
      (name === 'close' && /server|app|io\b|http/i.test(source.text.slice(call.callee.start, call.callee.end)))
    );
  });
}

const enough = 400;

function isLoadedBy(repo: Repo, entries: readonly string[], file: string): boolean {
  const queue = [...entries];
  const seen = new Set(queue);
  for (let at = queue.shift(); at !== undefined && seen.size < enough; at = queue.shift()) {
    if (at === file) return true;
    const next = importedFiles(repo, at).filter((each) => !seen.has(each));
    for (const each of next) seen.add(each);
    queue.push(...next);
  }
  return false;
}

function importedFiles(repo: Repo, file: string): readonly string[] {
  const source = languageOf(file) === undefined ? undefined : sourceOf(file, repo.read(file));
  if (source === undefined) return [];
  return importsOf(source).flatMap(({ specifier, typeOnly }) => {
    const target = specifier === undefined || typeOnly ? undefined : resolveModule(repo, file, specifier);
    return target ?? [];
  });
}

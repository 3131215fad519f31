import { bindingsOf, type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Splice, Task } from '../../src/contract/index.ts';
import { addSplice, editFile, finishFile, importName } from '../shared/file-edits.ts';
import { leaveUnreachable } from '../shared/leave-unreachable.ts';
import { lastImport } from '../shared/middleware-import.ts';
import { findSites, handlerSources, needles, type Site } from './find-sites.ts';
import { reasons } from './reasons.ts';

const middleware = '@tracewright/middleware/shutdown';

const codemod: Codemod<Site> = {
  meta: {
    id: 'shutdown-flush',
    title: 'Send spans before a shutdown handler exits',
    description:
      'Replaces process.exit by flushAndExit in the handlers that a server has for signals and fatal errors, so that the spans of its last requests arrive. The exit code stays the same.',
    kind: 'repair',
    stability: 'stable',
    scope: 'file',
    targets: {},
    mentions: needles,
    after: [],
    needs: ['otel-bootstrap'],
  },
  expects: [],
  detect(repo, survey) {
    const sites = findSites(repo, survey);
    if (sites.length > 0) return { status: 'applies', sites };
    const isDone = handlerSources(repo).some((source) => bindingsOf(source, middleware).length > 0 || source.text.includes(middleware));
    if (isDone) return { status: 'satisfied', why: reasons.satisfied };
    return { status: 'unsupported', why: reasons.noHandler, next: reasons.noHandlerNext };
  },
  plan(sites, repo, survey) {
    const files = [...new Set(sites.map((site) => site.file))];
    const edits = files.flatMap((file) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined
        ? []
        : editsOf(
            source,
            sites.filter((site) => site.file === file),
          );
    });
    return leaveUnreachable({ edits, tasks: sites.flatMap(taskOf) }, repo, survey);
  },
};

function editsOf(source: Source, sites: readonly Site[]): readonly Splice[] {
  const own = sites.filter(({ kind }) => kind !== 'callback' && kind !== 'entangled');
  if (own.length === 0) return [];
  const edits = editFile(source, middleware, reasons.load);
  const name = importName(edits, 'flushAndExit', lastImport(source));
  for (const { kind, start, end } of own) {
    if (kind === 'stop') addSplice(edits, start, 'return ', reasons.stop);
    else if (kind === 'flush') addSplice(edits, start, name, reasons.flush, end);
    else addSplice(edits, start, `return ${name}`, reasons.flushAndStop, end);
  }
  return finishFile(edits);
}

function taskOf({ file, line, kind }: Site): readonly Task[] {
  if (kind === 'callback') return [{ file, line, why: reasons.callback, next: reasons.callbackNext }];
  return kind === 'entangled' ? [{ file, line, why: reasons.entangled, next: reasons.entangledNext }] : [];
}

export default codemod;

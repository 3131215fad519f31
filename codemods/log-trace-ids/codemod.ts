import type { Codemod, Repo, Survey } from '../../src/contract/index.ts';
import { instrumentationsOf, isLogger } from '../../src/libraries/index.ts';
import { addLogCall, type Bootstrap, callsLogFunction, type TracedService, tracedServices } from '../service/index.ts';
import { reasons } from './reasons.ts';

/** A bootstrap whose loggers do not write trace ids. */
export interface Site {
  readonly bootstrap: string;
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'log-trace-ids',
    title: 'Write trace ids into the lines of loggers',
    description:
      'Makes the bootstrap put the fields trace_id, span_id and trace_flags into each line that pino, winston or bunyan writes during a request. Without it, lines stay as they are, and only the log records that are sent have the ids.',
    kind: 'log',
    scope: 'repository',
    targets: { node: '>=14' },
    mentions: [],
    after: ['otel-bootstrap', 'console-logs', 'request-logs'],
    optIn: true,
  },
  expects: [],
  detect(repo, survey) {
    const bootstraps = bootstrapsIn(survey, repo);
    if (bootstraps.length === 0) return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
    const sites = bootstraps
      .filter((bootstrap) => !callsLogFunction(bootstrap, 'writeTraceIds', repo))
      .filter((bootstrap) => addLogCall(bootstrap, 'writeTraceIds', repo, reasons.write).length > 0)
      .map(({ file }) => ({ bootstrap: file }));
    return sites.length === 0 ? { status: 'satisfied', why: reasons.done } : { status: 'applies', sites };
  },
  plan(sites, repo, survey) {
    const chosen = bootstrapsIn(survey, repo).filter((bootstrap) => sites.some((site) => site.bootstrap === bootstrap.file));
    return { edits: chosen.flatMap((bootstrap) => addLogCall(bootstrap, 'writeTraceIds', repo, reasons.write)), tasks: [] };
  },
};

export default codemod;

/** Of services in which a logger runs whose lines can be reached, whoever brings it. */
function bootstrapsIn(survey: Survey, repo: Repo): readonly Bootstrap[] {
  return tracedServices(survey, repo)
    .filter(logs)
    .flatMap((traced) => traced.bootstraps.filter((bootstrap) => bootstrap.exists));
}

function logs({ libraries }: TracedService): boolean {
  return libraries.some(({ name }) => isLogger(name) && instrumentationsOf(name).length > 0);
}

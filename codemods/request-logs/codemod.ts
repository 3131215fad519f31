import type { Codemod } from '../../src/contract/index.ts';
import { addLogCall, callsLogFunction, tracedServices } from '../service/index.ts';
import { reasons } from './reasons.ts';

/** A bootstrap that does not log requests yet. */
export interface Site {
  readonly bootstrap: string;
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'request-logs',
    title: 'Send one log record per request',
    description: 'Makes the bootstrap send a log record for every request, with its method, route, status, duration and trace id.',
    kind: 'log',
    scope: 'repository',
    targets: { node: '>=14' },
    mentions: [],
    after: ['otel-bootstrap', 'console-logs'],
  },
  expects: [],
  detect(repo, survey) {
    const bootstraps = tracedServices(survey, repo).flatMap((traced) => traced.bootstraps.filter((bootstrap) => bootstrap.exists));
    if (bootstraps.length === 0) return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
    const sites = bootstraps
      .filter((bootstrap) => !callsLogFunction(bootstrap, 'logRequests', repo))
      .filter((bootstrap) => addLogCall(bootstrap, 'logRequests', repo, reasons.requests).length > 0)
      .map(({ file }) => ({ bootstrap: file }));
    return sites.length === 0 ? { status: 'satisfied', why: reasons.done } : { status: 'applies', sites };
  },
  plan(sites, repo, survey) {
    const bootstraps = tracedServices(survey, repo).flatMap((traced) => traced.bootstraps);
    const chosen = bootstraps.filter((bootstrap) => sites.some((site) => site.bootstrap === bootstrap.file));
    return { edits: chosen.flatMap((bootstrap) => addLogCall(bootstrap, 'logRequests', repo, reasons.requests)), tasks: [] };
  },
};

export default codemod;

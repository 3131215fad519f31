import type { Codemod, Package } from '../../src/contract/index.ts';
import { addLogCall, callsLogFunction, tracedServices, withWorkspacePackages } from '../service/index.ts';
import { consoleCallOf } from './console-calls.ts';
import { reasons } from './reasons.ts';

/** A bootstrap, and a file of its service that writes with console. */
export interface Site {
  readonly bootstrap: string;
  readonly evidence: string;
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'console-logs',
    title: 'Send console output as log records',
    description:
      'Makes the bootstrap send what the program writes with console as OpenTelemetry log records; the console output itself stays as it is.',
    kind: 'log',
    scope: 'repository',
    targets: { node: '>=14' },
    mentions: ['console'],
    after: ['otel-bootstrap'],
  },
  expects: [],
  detect(repo, survey) {
    const services = tracedServices(survey, repo).filter(({ bootstraps }) => bootstraps.some((bootstrap) => bootstrap.exists));
    if (services.length === 0) return { status: 'unsupported', why: reasons.nothing, next: reasons.nothingNext };
    const calls = new Map<Package, string | undefined>();
    const callOf = (pkg: Package): string | undefined => {
      if (!calls.has(pkg)) calls.set(pkg, consoleCallOf(pkg, survey, repo));
      return calls.get(pkg);
    };
    const writing = services.flatMap((traced) => {
      const packages = withWorkspacePackages(traced.pkg, survey);
      const evidence = packages.map(callOf).find((file) => file !== undefined);
      return evidence === undefined ? [] : [{ traced, evidence }];
    });
    if (writing.length === 0) return { status: 'satisfied', why: reasons.silent };
    const sites = writing.flatMap(({ traced, evidence }) =>
      traced.bootstraps
        .filter((bootstrap) => bootstrap.exists && !callsLogFunction(bootstrap, 'bridgeConsole', repo))
        .filter((bootstrap) => addLogCall(bootstrap, 'bridgeConsole', repo, evidence).length > 0)
        .map(({ file }) => ({ bootstrap: file, evidence })),
    );
    return sites.length === 0 ? { status: 'satisfied', why: reasons.done } : { status: 'applies', sites };
  },
  plan(sites, repo, survey) {
    const edits = tracedServices(survey, repo).flatMap(({ bootstraps }) =>
      bootstraps.flatMap((bootstrap) => {
        const site = sites.find((each) => each.bootstrap === bootstrap.file);
        return site === undefined ? [] : addLogCall(bootstrap, 'bridgeConsole', repo, reasons.bridge(site.evidence));
      }),
    );
    return { edits, tasks: [] };
  },
};

export default codemod;

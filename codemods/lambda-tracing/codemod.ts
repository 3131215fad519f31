import { type Source, sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Draft, Repo, Survey } from '../../src/contract/index.ts';
import { leaveUnreachable, tracedServices } from '../service/index.ts';
import { findHandler, type Handler } from './find-handler.ts';
import { planHandlers } from './plan-handlers.ts';
import { reasons } from './reasons.ts';

/** A file with a handler that is not traced. */
export interface Site {
  readonly file: string;
}

const codemod: Codemod<Site> = {
  meta: {
    id: 'lambda-tracing',
    title: 'Trace the handlers of AWS Lambda functions',
    description:
      'Exports each handler that serverless.yml, a template of AWS SAM or a stack of the AWS CDK names through traceLambda, which makes a span of each call and sends what was recorded before the platform freezes the process. The handler itself stays as it is.',
    kind: 'server',
    scope: 'repository',
    targets: {},
    mentions: [],
    after: ['otel-bootstrap'],
  },
  expects: [{ kind: 'SERVER', orKind: 'CONSUMER', name: '.', why: 'Each call of a handler is a span.' }],
  detect(repo, survey) {
    const handlers = handlersOf(survey, repo);
    if (handlers.length === 0) return { status: 'unsupported', why: reasons.noHandler, next: reasons.noHandlerNext };
    const open = handlers.filter(({ state }) => state !== 'traced');
    if (open.length === 0) return { status: 'satisfied', why: reasons.satisfied };
    return { status: 'applies', sites: [...new Set(open.map(({ file }) => file))].map((file) => ({ file })) };
  },
  plan(sites, repo, survey): Draft {
    const all = handlersOf(survey, repo).filter(({ state }) => state !== 'traced');
    const drafts = sites.map(({ file }) =>
      planHandlers(
        all.filter((each) => each.file === file),
        repo,
      ),
    );
    return leaveUnreachable({ edits: drafts.flatMap(({ edits }) => edits), tasks: drafts.flatMap(({ tasks }) => tasks) }, repo, survey);
  },
};

export default codemod;

/** Every handler that a deployment file names, once. */
function handlersOf(survey: Survey, repo: Repo): readonly Handler[] {
  const found = new Map<string, Handler>();
  const sources = new Map<string, Source | undefined>();
  for (const { service } of tracedServices(survey, repo))
    for (const { kind, entry, command, runner = '' } of service.launches) {
      if (kind !== 'serverless' || entry === undefined || !runner.startsWith('aws-lambda')) continue;
      const name = command.slice(command.lastIndexOf('/') + 1).replace(/^[^.]*\./, '');
      // One tree for all handlers of a file: their edits meet in its statements.
      if (!sources.has(entry)) sources.set(entry, sourceOf(entry, repo.read(entry)));
      const source = sources.get(entry);
      if (source !== undefined && !found.has(`${entry} ${name}`)) found.set(`${entry} ${name}`, findHandler(source, name));
    }
  return [...found.values()];
}

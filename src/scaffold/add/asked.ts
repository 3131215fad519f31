import { nearest, type Part, TracewrightError } from '../../contract/index.ts';

/** What can be added to a service. */
export interface PartKind {
  readonly id: Part;
  readonly title: string;
  /** What has to be named, and an example. */
  readonly subject?: { readonly what: string; readonly example: string; readonly pattern: RegExp };
}

const word = /^[a-z][a-z0-9-]*$/;

export const partKinds: readonly PartKind[] = [
  {
    id: 'route',
    title: 'A route beside the others, and the request that proves it',
    subject: { what: 'a path', example: '/items/:id', pattern: /^(?:(?:GET|POST|PUT|PATCH|DELETE) )?\/[\w/:.-]*$/ },
  },
  {
    id: 'client',
    title: 'A call of another service, with its setting',
    subject: { what: 'the other service', example: 'billing', pattern: word },
  },
  {
    id: 'job',
    title: 'A queue of jobs on BullMQ, and the worker that does them',
    subject: { what: 'the queue', example: 'mails', pattern: word },
  },
  {
    id: 'producer',
    title: 'Messages to a queue of RabbitMQ',
    subject: { what: 'the queue', example: 'mails', pattern: word },
  },
  {
    id: 'consumer',
    title: 'Work on the messages of a queue of RabbitMQ',
    subject: { what: 'the queue', example: 'mails', pattern: word },
  },
  {
    id: 'test-with-golden-trace',
    title: 'A scenario, for a golden trace of its own',
    subject: { what: 'a path', example: '/items/1', pattern: /^(?:(?:GET|POST|PUT|PATCH|DELETE) )?\/[\w/.?=&%-]*$/ },
  },
  { id: 'dockerfile', title: 'An image that runs as another user than root and ends on SIGTERM' },
  { id: 'collector', title: 'A compose file with an OpenTelemetry collector and Jaeger' },
];

/** What is asked for, checked. Throws TW1106 for an unknown part, TW1107 for a subject that is missing or wrong. */
export function checkAsked(part: string, subject: string | undefined): { readonly part: Part; readonly subject?: string } {
  const ids = partKinds.map(({ id }) => id);
  const kind = partKinds.find(({ id }) => id === part);
  if (kind === undefined) {
    const meant = nearest(part, ids);
    throw new TracewrightError('TW1106', `'${part}'${meant === undefined ? '' : ` (did you mean ${meant}?)`}; there are ${ids.join(', ')}`);
  }
  if (kind.subject === undefined) return { part: kind.id };
  const { what, example, pattern } = kind.subject;
  const next = `Name ${what}: \`tracewright add ${kind.id} ${example}\`. Nothing was written.`;
  if (subject === undefined) throw new TracewrightError('TW1107', `add ${kind.id} wants ${what}`, { next });
  if (!pattern.test(subject) || subject.includes('..')) throw new TracewrightError('TW1107', `'${subject}' is not ${what}`, { next });
  return { part: kind.id, subject };
}

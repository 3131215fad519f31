import { context, type Span, trace } from '@opentelemetry/api';
import { quietly } from '../quietly';
import { keep } from '../server/keep';
import { copyOf } from './describe-error';

interface Noted {
  readonly error: Error;
  readonly severity: number;
}

const KEY = Symbol.for('tracewright.logged');

interface Holder {
  [KEY]?: WeakMap<Span, Noted>;
}

const holder: Holder = Object(globalThis);

/** Remembers an error that was logged while a request was handled; a later one counts unless it is less severe. */
export function noteLoggedError(error: Error, severity: number): void {
  const span = serverSpan();
  if (span === undefined) return;
  if (holder[KEY] === undefined) keep(globalThis, KEY, new WeakMap());
  const noted = holder[KEY];
  const before = noted && noted.get(span);
  if (noted && (before === undefined || before.severity <= severity)) noted.set(span, { error: copyOf(error), severity });
}

/** The error that was logged during the request of this SERVER span. */
export function loggedError(span: Span): Error | undefined {
  const noted = holder[KEY] && holder[KEY].get(span);
  return noted && noted.error;
}

interface Core {
  getRPCMetadata(active: unknown): { readonly span?: Span } | undefined;
}

let core: Core | undefined;

/** The http instrumentation leaves the SERVER span in the context, below whatever spans are active in it. */
function serverSpan(): Span | undefined {
  if (core === undefined) core = quietly(() => require('@opentelemetry/core') as Core);
  const { getRPCMetadata } = core;
  const metadata = getRPCMetadata(context.active());
  return (metadata && metadata.span) || trace.getSpan(context.active());
}

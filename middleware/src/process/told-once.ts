import type { Span } from '@opentelemetry/api';
import { describeError } from '../log/describe-error';

interface Event {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

interface ReadableSpan extends Span {
  readonly events?: readonly Event[];
}

const ours = new WeakMap<Event, true>();

/** An error of the program on its span, unless the program itself has recorded it there. */
export function tellOnce(span: ReadableSpan, error: unknown): void {
  const { events } = span;
  if (events !== undefined && events.some((event) => isOf(event, error))) return;
  const told = events && events.length;
  // A number in `code`, as an aborted fetch has, would become the type.
  if (!(error instanceof Error)) span.recordException(String(error));
  else if (typeof Reflect.get(error, 'code') === 'number') span.addEvent('exception', describeError(error));
  else span.recordException(error);
  const event = events && told !== undefined ? events[told] : undefined;
  if (event !== undefined) ours.set(event, true);
}

/** Takes back what we recorded where the program recorded the same error after us: its event stays, as it does without us. */
export function takeBackTwins({ events }: ReadableSpan): void {
  if (events === undefined || events.length < 2) return;
  for (let at = events.length - 2; at >= 0; at--) {
    const event = events[at] as Event;
    if (ours.has(event) && events.some((other, later) => later > at && isSame(event, other))) (events as Event[]).splice(at, 1);
  }
}

function isOf({ name, attributes = {} }: Event, error: unknown): boolean {
  if (name !== 'exception') return false;
  if (!(error instanceof Error)) return attributes['exception.message'] === String(error);
  const described = describeError(error);
  const key = described['exception.stacktrace'] === undefined ? 'exception.message' : 'exception.stacktrace';
  return described[key] !== undefined && attributes[key] === described[key];
}

function isSame({ attributes: one = {} }: Event, { name, attributes: other = {} }: Event): boolean {
  const keys = ['exception.message', 'exception.stacktrace'];
  return name === 'exception' && keys.every((key) => one[key] === other[key]);
}

import { carrierNow } from './spans';

/** Where queues keep the trace context among the options of a job: the field and the text that BullMQ's own telemetry has for it. */
export const FIELD = 'tm';

/** One that telemetry of the program wrote does not end like this. */
const OURS = ' ';

interface Note {
  readonly field: string;
  readonly carrier: unknown;
}

const notes = new WeakMap<object, Note>();

/** The trace context that runs, as one field of a job's options. */
export function contextField(): string | undefined {
  const carrier = carrierNow();
  return carrier && JSON.stringify(carrier) + OURS;
}

/** Remembers what a job came with; true when the program should not see it, because we wrote it. */
export function noteField(job: object, field: unknown): boolean {
  if (typeof field !== 'string') return false;
  try {
    notes.set(job, { field, carrier: JSON.parse(field) });
  } catch {
    // From somebody else, or broken: the job starts a trace of its own.
  }
  return field.slice(-1) === OURS;
}

/** The trace context that a job came with. */
export function carrierOf(job: object): unknown {
  const note = notes.get(job);
  return note && note.carrier;
}

/** The same as it was stored, for a job that is stored again. */
export function fieldOf(job: object): string | undefined {
  const note = notes.get(job);
  return note && note.field;
}

/** Reads the field of options that a job has just been made of, and takes ours away. */
export function takeField(job: unknown, options: unknown): void {
  if (!isObject(job) || !isObject(options)) return;
  if (noteField(job, Reflect.get(options, FIELD))) Reflect.deleteProperty(options, FIELD);
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

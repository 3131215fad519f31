import { type Context, propagation } from '@opentelemetry/api';

/** What a header holds already, by its lower-case name; undefined when it is not there. */
export type Given = (name: string) => unknown;

/** Headers to write, by lower-case name. An empty value takes the header away. */
export type Changes = ReadonlyArray<readonly [name: string, value: string]>;

const MAX_BAGGAGE = 8192;

/** What has to change so that the trace context of `context` is sent, and no other. With `keep`, what is there already wins. */
export function changesFor(context: Context, given: Given, keep: boolean): Changes {
  const fields: Record<string, string> = {};
  propagation.inject(context, fields);
  return changesOf(fields, given, keep);
}

/**
 * A `tracestate` belongs to the `traceparent` it came with and goes with it. Baggage is data of the program, which W3C Baggage does not tie
 * to a trace: entries that ours does not name stay.
 */
export function changesOf(fields: Record<string, string>, given: Given, keep: boolean): Changes {
  const changes: [string, string][] = [];
  for (const name of Object.keys(fields)) {
    if (keep && given(name === 'tracestate' ? 'traceparent' : name) !== undefined) continue;
    const value = fields[name] || '';
    const other = name === 'baggage' ? given(name) : undefined;
    changes.push([name, other === undefined ? value : mergeBaggage(value, textOf(other))]);
  }
  if (!keep && fields['traceparent'] !== undefined && fields['tracestate'] === undefined && given('tracestate') !== undefined)
    changes.push(['tracestate', '']);
  return changes;
}

/** Ours, then the entries of the other header whose names ours does not have, as far as they fit into what receivers have to accept. */
function mergeBaggage(ours: string, given: string): string {
  const names = new Set(ours.split(',').map(nameOf));
  let merged = ours;
  for (const entry of given.split(',')) {
    const text = entry.trim();
    if (text === '' || names.has(nameOf(text)) || merged.length + text.length >= MAX_BAGGAGE) continue;
    merged += `,${text}`;
  }
  return merged;
}

function nameOf(entry: string): string {
  return (entry.split('=')[0] || '').trim();
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join(',') : typeof value === 'string' || Buffer.isBuffer(value) ? String(value) : '';
}

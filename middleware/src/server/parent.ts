import { type Context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

let propagated: readonly string[] | undefined;

/** Most requests of most services carry no trace context; extracting nothing costs as much as extracting something. */
export function parentOf(headers: Readonly<Record<string, unknown>>): Context {
  if (propagated === undefined) propagated = propagation.fields();
  for (const name of propagated) if (headers[name] !== undefined) return propagation.extract(ROOT_CONTEXT, headers);
  return ROOT_CONTEXT;
}

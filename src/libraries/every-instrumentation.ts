import type { Instrumentation } from './library.ts';
import { rows } from './rows/index.gen.ts';

/** Every official instrumentation, with the library it traces. */
export function everyInstrumentation(): readonly (Instrumentation & { readonly library: string })[] {
  return rows.flatMap(({ name, spans }) => spans.flatMap((each) => (each.by === 'instrumentation' ? [{ library: name, ...each }] : [])));
}

import type { CohortId } from '../contract/index.ts';
import { everyInstrumentation } from '../libraries/every-instrumentation.ts';
import { cohorts } from './cohorts.ts';

let table: ReadonlyMap<string, Readonly<Partial<Record<CohortId, string>>>> | undefined;

/** Whether codemods write this very version of a package for some Node.js target; whether it fits this one, only a survey knows. */
export function isShipped(name: string, range: string): boolean {
  table ??= collect();
  return Object.values(table.get(name) ?? {}).includes(range);
}

/** Whether codemods add this package for some Node.js target. */
export function isShippedName(name: string): boolean {
  table ??= collect();
  return table.has(name);
}

/** Exact version of a package that codemods write for the Node.js targets of a cohort. */
export function shippedVersion(cohort: CohortId, name: string): string | undefined {
  table ??= collect();
  return table.get(name)?.[cohort];
}

function collect(): ReadonlyMap<string, Readonly<Partial<Record<CohortId, string>>>> {
  const shipped = new Map<string, Partial<Record<CohortId, string>>>();
  const add = (id: CohortId, name: string, version: string): unknown => shipped.set(name, { ...shipped.get(name), [id]: version });
  for (const { id, core, retired, hook } of cohorts)
    for (const [name, version] of Object.entries({ ...retired, ...core, ...hook })) add(id, name, version);
  for (const { id } of cohorts)
    for (const { name, cohorts: versions, needs } of everyInstrumentation()) {
      const version = versions[id]?.[0];
      if (version !== undefined) add(id, name, version);
      for (const [other, beside] of Object.entries(needs?.[id] ?? {})) add(id, other, beside);
    }
  return shipped;
}

import { cohorts } from './cohorts.ts';
import { libraryRows } from './instrumentations.ts';

let table: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Whether codemods write this very version of a package for some Node.js target; whether it fits this one, only a survey knows. */
export function isShipped(name: string, range: string): boolean {
  table ??= collect();
  return table.get(name)?.has(range) === true;
}

function collect(): ReadonlyMap<string, ReadonlySet<string>> {
  const versions = new Map<string, Set<string>>();
  const add = (name: string, version: string): unknown => versions.set(name, (versions.get(name) ?? new Set()).add(version));
  for (const { core, hook } of cohorts) for (const [name, version] of Object.entries({ ...core, ...hook })) add(name, version);
  for (const { name, rows, needs } of libraryRows) {
    for (const [version] of Object.values(rows)) add(name, version);
    for (const beside of Object.values(needs ?? {})) for (const [other, version] of Object.entries(beside)) add(other, version);
  }
  return versions;
}

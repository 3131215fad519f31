import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composePlan, shippedWorkbench } from '../../src/engine/index.ts';
import { memoryRepo } from '../harness/memory-repo.ts';
import type { Files } from '../harness/plan-fixture.ts';
import type { Cell } from './cells.ts';

export interface Migrated {
  readonly before: Files;
  readonly after: Files;
  readonly args: readonly string[];
  /** What the plan adds to the dependencies, without the middleware. */
  readonly added: Readonly<Record<string, string>>;
  readonly tasks: readonly string[];
}

/** A cell's program as its authors wrote it, and as `plan` and `apply` leave it. */
export function migrateCell(cell: Cell, versions: Readonly<Record<string, string>>, node: number): Migrated {
  const entry = cell.program.endsWith('.mjs') ? 'server.mjs' : 'server.js';
  const manifest = {
    name: 'coverage',
    version: '1.0.0',
    engines: { node: String(node) },
    scripts: { start: `node ${entry}` },
    dependencies: versions,
  };
  const before = {
    'package.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    [entry]: readFileSync(join(import.meta.dirname, 'programs', cell.program)),
  };
  const { plan, changes } = composePlan(memoryRepo(before), { only: [], skip: [], with: [] }, shippedWorkbench());
  const files = new Map<string, Buffer>(Object.entries(before));
  for (const { file, after } of changes) if (after !== null && !file.endsWith('.tgz')) files.set(file, Buffer.from(after));
  const after: Files = Object.fromEntries(files);
  const planned: { scripts: { start: string }; dependencies: Record<string, string> } = JSON.parse(String(after['package.json']));
  const added = Object.entries(planned.dependencies).filter(([name]) => !(name in versions) && name !== '@tracewright/middleware');
  return {
    before,
    after,
    args: planned.scripts.start.split(' ').slice(1),
    added: Object.fromEntries(added),
    tasks: plan.codemods.flatMap((one) => (one.status === 'applies' ? one.tasks : [])).map(({ why, next }) => `${why} ${next}`),
  };
}

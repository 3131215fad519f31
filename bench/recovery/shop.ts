import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sealGraph } from '../../src/tasks/check-graph.ts';
import type { Step } from '../../src/tasks/graph.ts';
import { saveGraph, taskHome } from '../../src/tasks/home.ts';
import { planTasks } from '../../src/tasks/plan-tasks.ts';

/** A repository with three services and a graph of 30 steps. */
export interface Shop {
  readonly root: string;
  /** Where the shell steps write when they begin and when they end. */
  readonly effects: string;
  readonly git: (...words: readonly string[]) => string;
}

const example = fileURLToPath(new URL('../../examples/fetch-chain', import.meta.url));
const services = ['gateway', 'orders', 'stock'];
const perService = 7;
// The same commit on every run, so that trees can be compared.
const who = { name: 'bench', email: 'bench@localhost', date: '2026-01-01T00:00:00Z' };

/** A fresh copy of the example, committed as it was, with its tasks planned. */
export async function makeShop(): Promise<Shop> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tracewright-recovery-'));
  const root = join(folder, 'shop');
  cpSync(join(example, 'app'), root, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  cpSync(join(example, 'scenario.yaml'), join(root, 'tracewright.yaml'));
  writeFileSync(join(root, '.gitignore'), 'node_modules\n');
  const env = { ...process.env, GIT_AUTHOR_DATE: who.date, GIT_COMMITTER_DATE: who.date };
  const git = (...words: readonly string[]): string => execFileSync('git', [...words], { cwd: root, encoding: 'utf8', env });
  git('init', '-q', '-b', 'main');
  for (const [name, value] of Object.entries({ 'user.name': who.name, 'user.email': who.email, 'core.autocrlf': 'false' }))
    git('config', name, value);
  git('add', '-A', '-f');
  git('commit', '-qm', 'as it was');
  const effects = join(folder, 'effects');
  const { tool, repositories, steps } = await planTasks(root, { only: [], skip: [] });
  saveGraph(taskHome(root), sealGraph(tool, repositories, widen(steps)));
  return { root, effects, git };
}

/** Seven shell steps for each service between install and verify: with the nine that are planned, 30. */
function widen(planned: readonly Step[]): readonly Step[] {
  const checks = services.flatMap((service) =>
    Array.from({ length: perService }, (_, at): Step => {
      const id = `${service}-${at + 1}`;
      const work = `mkdir -p .tracewright/reports; sleep 0.2; cksum ${service}/package.json > .tracewright/reports/${id}.txt`;
      // A step does not know where its notes go, so its identity is the same in every copy.
      const command = `echo "start ${id}" >> ../effects; ${work}; echo "end ${id}" >> ../effects`;
      return {
        id,
        after: [at === 0 ? `install:${service}` : `${service}-${at}`],
        kind: 'command',
        input: { plan: '', folder: '', command },
        attempts: 3,
      };
    }),
  );
  const last = services.map((service) => `${service}-${perService}`);
  return [
    ...planned.map(
      ({ identity: _identity, ...step }: Step & { identity?: string }): Step => ({
        ...(step as Step),
        attempts: 3,
        ...(step.id === 'verify' && { after: last }),
      }),
    ),
    ...checks,
  ];
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, measureNode } from './child.ts';
import { writeRepository } from './repository.ts';
import { median, type Row } from './table.ts';

const rounds = 5;
const read = `for (const file of JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))) require('node:fs').readFileSync(file, 'utf8');`;

/** `plan` on generated repositories against plain reading of the same files, interleaved, whole processes. */
export function benchPlan(cli: string): Row[] {
  return [100, 350, 1000, 5000].map((count) => {
    const root = mkdtempSync(join(tmpdir(), 'tracewright-bench-repo-'));
    const list = `${root}.json`;
    try {
      writeFileSync(list, JSON.stringify(writeRepository(root, count)));
      const reads: Cost[] = [];
      const plans: Cost[] = [];
      for (let round = 0; round < rounds; round++) {
        reads.push(measureNode(['-e', read, list]));
        plans.push(measureNode([cli, 'plan', root, '--json']));
      }
      return row(count, reads, plans);
    } finally {
      rmSync(root, { recursive: true, force: true });
      rmSync(list, { force: true });
    }
  });
}

function row(files: number, reads: readonly Cost[], plans: readonly Cost[]): Row {
  const of = (costs: readonly Cost[], key: keyof Cost): number => median(costs.map((cost) => cost[key]));
  return {
    files,
    'read wall ms': Math.round(of(reads, 'wallMs')),
    'plan wall ms': Math.round(of(plans, 'wallMs')),
    'wall ratio': (of(plans, 'wallMs') / of(reads, 'wallMs')).toFixed(1),
    'read CPU ms': Math.round(of(reads, 'cpuMs')),
    'plan CPU ms': Math.round(of(plans, 'cpuMs')),
    'CPU ratio': (of(plans, 'cpuMs') / of(reads, 'cpuMs')).toFixed(1),
    'plan peak MB': Math.round(of(plans, 'peakMb')),
  };
}

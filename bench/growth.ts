import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { measureNode } from './child.ts';
import type { Shape } from './growth/shape.ts';
import { shapes } from './growth/shapes.ts';
import type { Row } from './table.ts';

const rounds = 3;

/** CPU of `plan` on worst cases of one size and of twice that size: the lowest of some rounds, whole processes. */
export function benchGrowth(cli: string): Row[] {
  return shapes.map((shape) => {
    const [once = 0, twice = 0] = [shape.size, shape.size * 2].map((size) => cheapest(cli, shape, size));
    return {
      shape: shape.name,
      size: shape.size,
      'CPU ms': Math.round(once),
      'twice the size': Math.round(twice),
      ratio: (twice / once).toFixed(2),
    };
  });
}

function cheapest(cli: string, shape: Shape, size: number): number {
  const root = mkdtempSync(join(tmpdir(), 'tracewright-bench-growth-'));
  try {
    for (const [file, text] of Object.entries(shape.files(size))) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return Math.min(...Array.from({ length: rounds }, () => measureNode([cli, 'plan', root, '--json']).cpuMs));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { measureNode } from './child.ts';
import type { Shape } from './growth/shape.ts';
import { shapes } from './growth/shapes.ts';
import type { Row } from './table.ts';

/** A ratio above it is measured again, because something else may have run beside one of the two. */
const LIMIT = 2.3;
const AGAIN = 2;

/** CPU of `plan` on worst cases of one size and of twice that size: whole processes, the lowest where a ratio was measured again. */
export function benchGrowth(cli: string): Row[] {
  return shapes.map((shape, at) => {
    let [once, twice] = measureBoth(cli, shape);
    for (let again = 0; again < AGAIN && twice / once > LIMIT; again++) {
      const other = measureBoth(cli, shape);
      [once, twice] = [Math.min(once, other[0]), Math.min(twice, other[1])];
    }
    console.error(`${at + 1} of ${shapes.length}`);
    return {
      shape: shape.name,
      size: shape.size,
      'CPU ms': Math.round(once),
      'twice the size': Math.round(twice),
      ratio: (twice / once).toFixed(2),
    };
  });
}

function measureBoth(cli: string, shape: Shape): [once: number, twice: number] {
  return [measure(cli, shape, shape.size), measure(cli, shape, shape.size * 2)];
}

function measure(cli: string, shape: Shape, size: number): number {
  const root = mkdtempSync(join(tmpdir(), 'tracewright-bench-growth-'));
  try {
    for (const [file, text] of Object.entries(shape.files(size))) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return measureNode([cli, 'plan', root, '--json']).cpuMs;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

import { fileURLToPath } from 'node:url';
import { measureNode } from './child.ts';
import type { Row } from './table.ts';

const child = fileURLToPath(new URL('./traces-child.ts', import.meta.url));

/** 50,000 spans with one fault in a hundred: normalised twice, written, read back, compared and drawn; whole processes. */
export function benchTraces(): Row[] {
  return [
    [1_000, 50],
    [50, 1_000],
    [1, 50_000],
  ].map(([requests = 0, spans = 0]) => {
    const { wallMs, cpuMs, peakMb } = measureNode(['--import', import.meta.resolve('tsx'), child, String(requests), String(spans)]);
    return {
      traces: requests,
      'spans each': spans,
      'wall s': (wallMs / 1000).toFixed(1),
      'CPU s': (cpuMs / 1000).toFixed(1),
      'peak MB': Math.round(peakMb),
    };
  });
}

import { fileURLToPath } from 'node:url';
import { measureNode } from './child.ts';
import type { Row } from './table.ts';

const child = fileURLToPath(new URL('./traces-child.ts', import.meta.url));

/**
 * 50,000 spans with one fault in a hundred, received over OTLP/HTTP, then compared with a golden file and drawn (diff), then scored
 * and written as a page (report). Wall, CPU and memory are of the whole process, which also makes and sends the spans.
 */
export function benchTraces(): Row[] {
  return [
    [1_000, 50],
    [50, 1_000],
    [1, 50_000],
  ].map(([requests = 0, spans = 0]) => {
    const { wallMs, cpuMs, peakMb, stdout } = measureNode(['--import', import.meta.resolve('tsx'), child, String(requests), String(spans)]);
    const { receiveMs, diffMs, reportMs, pageMb } = JSON.parse(stdout) as Record<'receiveMs' | 'diffMs' | 'reportMs' | 'pageMb', number>;
    return {
      traces: requests,
      'spans each': spans,
      'receive ms': Math.round(receiveMs),
      'diff ms': Math.round(diffMs),
      'report ms': Math.round(reportMs),
      'page MB': pageMb.toFixed(1),
      'wall s': (wallMs / 1000).toFixed(1),
      'CPU s': (cpuMs / 1000).toFixed(1),
      'peak MB': Math.round(peakMb),
    };
  });
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one whole process cost. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const meter = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.BENCH_METER, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 }));
});`;

/** Runs `node ...args` to its end and measures the whole process, Node's own start included. Any exit code is accepted. */
export function measureNode(args: readonly string[]): Cost & { readonly stdout: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'tracewright-bench-'));
  try {
    const preload = join(scratch, 'meter.cjs');
    const out = join(scratch, 'out.json');
    writeFileSync(preload, meter);
    const began = performance.now();
    const run = spawnSync(process.execPath, ['--require', preload, ...args], {
      env: { ...process.env, BENCH_METER: out },
      encoding: 'utf8',
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    const wallMs = performance.now() - began;
    if (run.error) throw run.error;
    const { cpuMs, peakMb } = JSON.parse(readFileSync(out, 'utf8')) as { cpuMs: number; peakMb: number };
    return { wallMs, cpuMs, peakMb, stdout: run.stdout };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

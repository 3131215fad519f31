import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './request.ts';
import { median, type Row } from './table.ts';

const EXPRESS = ['4.22.3', '5.3.0'];
const BOOTS = { traces: './traces.cjs', 'traces and request logs': './logs.cjs' } as const;
const PROCESSES = 10;
const WARM_UP = 6000;
const REQUESTS = 4096;
const BURST = 512;

interface Side {
  readonly name: 'base' | 'new';
  readonly folder: string;
}

/**
 * CPU per request of the middleware of this checkout against that of another one, which BENCH_BASE names (built). Fresh processes in turns, so
 * that what else the machine does meets both; for a quiet machine all the same.
 */
export async function benchAgainstBase(): Promise<Row[]> {
  const base = process.env['BENCH_BASE'];
  if (base === undefined) throw new Error('BENCH_BASE has to name a built checkout to compare with');
  const sink = createServer((req, res) => req.resume().on('end', () => res.end())).listen(0, '127.0.0.1');
  await once(sink, 'listening');
  const address = sink.address();
  const endpoint = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const rows: Row[] = [];
  for (const express of EXPRESS) {
    const sides: Side[] = [
      { name: 'base', folder: install(base, express) },
      { name: 'new', folder: install('.', express) },
    ];
    try {
      for (const boot of ['traces', 'traces and request logs'] as const) rows.push(await compare(express, boot, sides, endpoint));
    } finally {
      for (const { folder } of sides) rmSync(folder, { recursive: true, force: true });
    }
  }
  sink.close();
  sink.closeAllConnections();
  return rows;
}

async function compare(express: string, boot: keyof typeof BOOTS, sides: readonly Side[], endpoint: string): Promise<Row> {
  const samples = { base: [] as number[], new: [] as number[] };
  for (let at = 0; at < PROCESSES; at++)
    for (const { name, folder } of at % 2 === 0 ? sides : [...sides].reverse()) samples[name].push(await measure(folder, boot, endpoint));
  const low = { base: Math.min(...samples.base), new: Math.min(...samples.new) };
  const middle = { base: median(samples.base), new: median(samples.new) };
  return {
    'Express, what is sent': `${express}, ${boot}`,
    'base us/request, lowest': Math.round(low.base),
    'new, lowest': Math.round(low.new),
    'of base, lowest': (low.new / low.base).toFixed(3),
    'of base, median': (middle.new / middle.base).toFixed(3),
  };
}

/** The lowest of the bursts of one process: other work on the machine only ever adds. */
async function measure(folder: string, boot: keyof typeof BOOTS, endpoint: string): Promise<number> {
  const child = fork(join(folder, 'app.cjs'), {
    execPath: process.env['BENCH_NODE'] ?? process.execPath,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      BENCH_BOOT: BOOTS[boot],
      BENCH_EXPRESS: '1',
      NODE_ENV: 'production',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_LOGS_EXPORTER: boot === 'traces' ? 'none' : 'otlp',
    },
  });
  try {
    const [{ port }] = await once(child, 'message');
    await load(port, WARM_UP);
    const bursts: number[] = [];
    for (let sent = 0; sent < REQUESTS; sent += BURST) {
      const before = await cpuOf(child);
      await load(port, BURST);
      bursts.push(((await cpuOf(child)) - before) / BURST);
    }
    return Math.min(...bursts);
  } finally {
    child.kill('SIGKILL');
  }
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('usage');
  const [{ cpu }] = await once(child, 'message');
  return cpu.user + cpu.system;
}

function install(checkout: string, express: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-base-'));
  const assets = join(checkout, 'dist/assets');
  const { version } = JSON.parse(readFileSync(join(checkout, 'middleware/package.json'), 'utf8'));
  const tarball = readdirSync(assets).find((name) => name.endsWith(`middleware-${version}.tgz`));
  if (tarball === undefined) throw new Error(`${checkout} is not built`);
  copyFileSync(join(assets, tarball), join(folder, 'middleware.tgz'));
  copyFileSync('bench/request/app.cjs', join(folder, 'app.cjs'));
  const cohorts: Record<string, Record<string, string>> = JSON.parse(readFileSync('middleware/cohorts.json', 'utf8'));
  const dependencies = { express, ...cohorts['sdk-2'], '@tracewright/middleware': 'file:middleware.tgz' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  // Earlier versions are called as a middleware; the app of this bench names it the way of today.
  const app = readFileSync(join(folder, 'app.cjs'), 'utf8');
  const calls = "const traced = require('@tracewright/middleware/express').traceExpress(app); if (traced !== app) app.use(traced);";
  writeFileSync(join(folder, 'app.cjs'), app.replace("require('@tracewright/middleware/express').traceExpress(app);", `{ ${calls} }`));
  writeFileSync(join(folder, 'traces.cjs'), "require('@tracewright/middleware/register').register({ serviceName: 'bench' });\n");
  writeFileSync(join(folder, 'logs.cjs'), "require('./traces.cjs');\nrequire('@tracewright/middleware/logs').logRequests();\n");
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
  return folder;
}

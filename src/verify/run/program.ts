import { spawn } from 'node:child_process';
import { TracewrightError } from '../../contract/index.ts';
import { shimNode } from './node-shim.ts';
import { describePort, portInUse } from './port-owner.ts';
import type { Endpoint, ProbedProcess, ProbeServer } from './probe-server.ts';
import { killProcesses } from './processes.ts';
import { type ProgramOptions, type Running, until } from './running.ts';
import { type Exit, signalGroup, stopProgram } from './stop-program.ts';

export interface Program {
  readonly service: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it is ready; throws TW3003, TW3004, TW3005 or TW3011. */
  ready(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Where it listens, as soon as that is known. */
  endpoint(timeoutMs: number): Promise<Endpoint | undefined>;
  /** Every port on which it has listened, in that order. */
  ports(): readonly number[];
  /** The command lines of its Node processes, without `node`. */
  ran(): readonly (readonly string[])[];
  /** The version of Node.js that runs it, as soon as that is known. */
  node(): string | undefined;
  /** Sends SIGTERM to the Node process, waits for its end, then reaps everything the launch left behind. `failing`: it may be about to end by itself. */
  stop(timeoutMs: number, failing?: boolean): Promise<Exit>;
  /** Ends the whole process group at once. */
  kill(): void;
}

const outputLimit = 1024 * 1024;

/** The end of what a program said, without the stack frames of Node.js and of packages, which would crowd out the message. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at .*(node:|node_modules[/\\])/.test(line));
  return lines.slice(-count).join('\n').trimEnd();
}

function findEndpoints({ options, probes }: Running): Endpoint[] {
  const open = probes.processes(options.service).filter(({ gone }) => !gone);
  return open.flatMap(({ ports }) => ports).filter(({ port }) => port > 0);
}

/** The expected port, else the first HTTP server; of workers that listen in whatever order, the one with the lowest port. */
function findEndpoint(running: Running): Endpoint | undefined {
  const endpoints = findEndpoints(running);
  const [expected] = endpoints.filter(({ port }) => port === running.options.port);
  if (expected) return expected;
  const { chosen } = running;
  if (chosen && endpoints.some(({ port }) => port === chosen.port)) return chosen;
  const first = endpoints.find(({ http }) => http);
  const workers = workersOf(running).flatMap(({ ports }) => ports.find(({ http, port }) => http && port > 0) ?? []);
  return first && workers.includes(first) ? workers.reduce((least, each) => (each.port < least.port ? each : least)) : first;
}

/** Workers of a cluster open their ports one after the other: waits until no further one does. */
async function workersOpen(running: Running, signal?: AbortSignal): Promise<void> {
  const count = (): number => running.probes.processes(running.options.service).filter(({ worker }) => worker).length;
  for (let known = count(); known > 0; known = count()) if (!(await until(running, () => count() > known, 500, signal))) return;
}

/** Processes that one process of the program started, two at least: they share its work. */
function workersOf({ options, probes }: Running): ProbedProcess[] {
  const open = probes.processes(options.service).filter(({ gone }) => !gone);
  const below = open.filter(({ parent }) => open.some(({ pid }) => pid === parent));
  return below.filter(({ pid, parent }) => below.some((other) => other.parent === parent && other.pid !== pid));
}

/** Nothing more was printed for a while, and it goes on: what a worker does once it works. */
async function settled(running: Running, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  for (let said = -1; performance.now() < end; ) {
    const length = running.stdout.length + running.stderr.length;
    if (length > 0 && length === said) return true;
    said = length;
    if (await until(running, () => isOver(running) || isReady(running), 1_000, signal)) return false;
    if (signal?.aborted) return false;
  }
  return false;
}

function isReady(running: Running): boolean {
  const { readyOutput } = running.options;
  return readyOutput ? readyOutput.test(running.stdout) || readyOutput.test(running.stderr) : findEndpoint(running) !== undefined;
}

/** It ended, and no daemon it left could still become ready. */
function isOver({ child, closed, options, probes }: Running): boolean {
  return closed && (child.exitCode !== 0 || probes.processes(options.service).every(({ gone }) => gone));
}

/** Something else listens where the program wanted to; who, if the system tells. */
function portTaken({ options: { service, command }, stdout, stderr }: Running): TracewrightError | undefined {
  const said = [stderr, stdout].find((text) => text.includes('EADDRINUSE'));
  if (said === undefined) return undefined;
  const port = portInUse(said);
  const who = port === undefined ? '' : `: ${describePort(port)}`;
  return new TracewrightError('TW3005', `${service} (\`${command}\`)${who}\n${lastLines(said, 4)}`);
}

function earlyEnd(running: Running): TracewrightError {
  const { service, command } = running.options;
  const said = lastLines(running.stderr || running.stdout, 12);
  if (running.failure) return new TracewrightError('TW3015', `${service}: ${command}`, { cause: running.failure });
  const code = running.child.exitCode ?? running.child.signalCode;
  // What shells say of a program that is not there (127) or may not be run (126).
  if (code === 126 || code === 127) return new TracewrightError('TW3015', `${service} (\`${command}\`)${said === '' ? '' : `\n${said}`}`);
  return (
    portTaken(running) ?? new TracewrightError('TW3003', `${service} (\`${command}\`) ended with ${code}${said === '' ? '' : `\n${said}`}`)
  );
}

async function ready(running: Running, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  const { service, command } = running.options;
  if (running.options.unasked && !running.options.readyOutput && (await settled(running, timeoutMs, signal))) return;
  const opened = (): boolean => running.options.readyOutput === undefined && findEndpoints(running).length > 0;
  await until(running, () => isReady(running) || opened() || isOver(running), timeoutMs, signal);
  // Another server (metrics, a debugger, plain TCP) may open before the one that answers HTTP.
  if (!running.options.readyOutput) await until(running, () => isReady(running) || isOver(running), 1_000, signal);
  if (signal?.aborted) throw new TracewrightError('TW3011', service);
  if (isReady(running)) await workersOpen(running, signal);
  if (isReady(running) || opened()) {
    const chosen = findEndpoint(running);
    if (chosen) running.chosen = chosen;
    return;
  }
  if (isOver(running)) throw earlyEnd(running);
  const taken = portTaken(running);
  if (taken) throw taken;
  const said = lastLines(running.stderr || running.stdout, 6);
  throw new TracewrightError('TW3004', `${service} (\`${command}\`), waited ${timeoutMs} ms${said === '' ? '' : `\n${said}`}`);
}

function attach(running: Running): void {
  const changed = (): void => {
    for (const watcher of [...running.watchers]) watcher();
  };
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = running.child[name];
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      running[name] = (running[name] + text).slice(-outputLimit);
      changed();
    });
  }
  running.child.on('error', (error) => {
    running.failure = error;
    running.closed = true;
    changed();
  });
  running.child.on('close', () => {
    running.closed = true;
    changed();
  });
}

/** Starts a launch command in a process group of its own. Nothing is waited for; the group dies with this process. */
export function startProgram(options: ProgramOptions, probes: ProbeServer): Program {
  const shim = shimNode(options.command, options.cwd, options.env, probes.preload);
  const child = spawn(options.command, {
    cwd: options.cwd,
    env: { ...options.env, ...shim?.env, ...probes.environment(options.service, options.env['NODE_OPTIONS']) },
    shell: true,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const launch = { group: child.pid, mark: probes.mark(options.service) };
  const running: Running = {
    options,
    probes,
    child,
    launch,
    stdout: '',
    stderr: '',
    closed: false,
    failure: undefined,
    watchers: new Set(),
  };
  attach(running);
  const kill = (): void => {
    if (!running.closed) signalGroup(running, 'SIGKILL');
    killProcesses(launch);
    shim?.remove();
  };
  process.once('exit', kill);
  return {
    service: options.service,
    stdout: () => running.stdout,
    stderr: () => running.stderr,
    ready: (timeoutMs, signal) => ready(running, timeoutMs, signal),
    endpoint: async (timeoutMs) => {
      await until(running, () => findEndpoint(running) !== undefined || running.closed, timeoutMs);
      return findEndpoint(running) ?? findEndpoints(running)[0];
    },
    ports: () => {
      const all = probes.processes(options.service).flatMap(({ ports }) => ports.map(({ port }) => port));
      return [...new Set(all.filter((port) => port > 0))];
    },
    ran: () => probes.processes(options.service).map(({ words }) => words),
    node: () => probes.processes(options.service).findLast(({ ports }) => ports.length > 0)?.version,
    stop: async (timeoutMs, failing = false) => {
      const exit = await stopProgram(running, timeoutMs, failing);
      process.removeListener('exit', kill);
      shim?.remove();
      return exit;
    },
    kill,
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { TracewrightError } from '../contract/index.ts';
import type { ProbedProcess, ProbeServer } from './probe-server.ts';

export interface ProgramOptions {
  readonly service: string;
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The port it is expected on; another one counts only when nothing listens there. */
  readonly port?: number;
  /** Ready when this matches its output, instead of when it listens. */
  readonly readyOutput?: RegExp;
}

/** How a program ended. `code` and `signal` are those of the Node process itself, not of npm or the shell around it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** From the signal to the end. */
  readonly ms: number;
  /** It did not end by itself in time and was killed. */
  readonly forced: boolean;
  /** It ended before it was asked to. */
  readonly early: boolean;
  /** Node processes that outlived the launch and were killed by id: what each ran. */
  readonly leftBehind: readonly string[];
}

export interface Program {
  readonly service: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it is ready; throws TW3003, TW3004, TW3005 or TW3011. */
  ready(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** Where it listens now. */
  port(): number | undefined;
  /** Sends SIGTERM to the Node process, waits for its end, then reaps everything the launch left behind. `failing`: it may be about to end by itself. */
  stop(timeoutMs: number, failing?: boolean): Promise<Exit>;
  /** Ends the whole process group at once. */
  kill(): void;
}

const outputLimit = 1024 * 1024;

interface Running {
  readonly options: ProgramOptions;
  readonly probes: ProbeServer;
  readonly child: ChildProcess;
  stdout: string;
  stderr: string;
  /** Every holder of its output has ended. */
  closed: boolean;
  failure: Error | undefined;
  readonly watchers: Set<() => void>;
}

function until(running: Running, holds: () => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (value: boolean): void => {
      clearTimeout(timer);
      unwatch();
      running.watchers.delete(check);
      signal?.removeEventListener('abort', stop);
      resolve(value);
    };
    const check = (): void => {
      if (holds()) end(true);
    };
    const stop = (): void => end(false);
    const timer = setTimeout(stop, timeoutMs);
    const unwatch = running.probes.watch(check);
    running.watchers.add(check);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    else check();
  });
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

function findPort({ options, probes }: Running): number | undefined {
  const open = probes.processes(options.service).filter(({ gone }) => !gone);
  const ports = open.flatMap((process) => process.ports).filter(({ port }) => port > 0);
  return (ports.find(({ port }) => port === options.port) ?? ports.find(({ http }) => http) ?? ports[0])?.port;
}

function isReady(running: Running): boolean {
  const { readyOutput } = running.options;
  return readyOutput ? readyOutput.test(running.stdout) || readyOutput.test(running.stderr) : findPort(running) !== undefined;
}

function earlyEnd(running: Running): TracewrightError {
  const { service, command } = running.options;
  const said = lastLines(running.stderr || running.stdout, 12);
  if (running.failure) return new TracewrightError('TW3015', `${service}: ${command}`, { cause: running.failure });
  if (/EADDRINUSE/.test(running.stderr)) return new TracewrightError('TW3005', `${service}: ${lastLines(said, 4)}`);
  const code = running.child.exitCode ?? running.child.signalCode;
  return new TracewrightError('TW3003', `${service} (\`${command}\`) ended with ${code}${said === '' ? '' : `\n${said}`}`);
}

async function ready(running: Running, timeoutMs: number, signal?: AbortSignal): Promise<void> {
  const { service, command } = running.options;
  await until(running, () => isReady(running) || running.closed, timeoutMs, signal);
  if (signal?.aborted) throw new TracewrightError('TW3011', service);
  if (isReady(running)) return;
  if (running.closed) throw earlyEnd(running);
  const said = lastLines(running.stderr || running.stdout, 6);
  throw new TracewrightError('TW3004', `${service} (\`${command}\`), waited ${timeoutMs} ms${said === '' ? '' : `\n${said}`}`);
}

/** The processes that do the work: those that listen (a cluster worker's parent for it), else those nobody else was started by. */
function findTargets({ options, probes }: Running): ProbedProcess[] {
  const alive = probes.processes(options.service).filter(({ gone }) => !gone);
  const listening = alive.filter(({ ports }) => ports.length > 0);
  const owners = listening.map((process) => (process.worker ? (alive.find(({ pid }) => pid === process.parent) ?? process) : process));
  if (owners.length > 0) return [...new Set(owners)];
  return alive.filter(({ pid }) => !alive.some(({ parent }) => parent === pid));
}

function signalProcess(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** The launch is its own process group, so that npm, shells and watchers around the program end with it. */
function signalGroup(running: Running, signal: NodeJS.Signals): void {
  if (running.child.pid === undefined) return;
  signalProcess(process.platform === 'win32' ? running.child.pid : -running.child.pid, signal);
}

async function endGroup(running: Running): Promise<void> {
  if (await until(running, () => running.closed, 1_000)) return;
  signalGroup(running, 'SIGTERM');
  if (await until(running, () => running.closed, 1_000)) return;
  signalGroup(running, 'SIGKILL');
  await until(running, () => running.closed, 2_000);
}

/** Ends the group, then whatever left it (daemons); returns what those ran. */
async function reap(running: Running): Promise<string[]> {
  await endGroup(running);
  const alive = (): ProbedProcess[] => running.probes.processes(running.options.service).filter(({ gone }) => !gone);
  await until(running, () => alive().length === 0, 500);
  const left = alive();
  for (const { pid } of left) signalProcess(pid, 'SIGKILL');
  return left.map(({ program, pid }) => program || `process ${pid}`);
}

function endOf(running: Running, target: ProbedProcess | undefined): { code: number | null; signal: string | null } {
  if (target?.exitCode !== undefined) return { code: target.exitCode, signal: null };
  if (target && target.pid !== running.child.pid) return { code: null, signal: 'SIGTERM' };
  return { code: running.child.exitCode, signal: running.child.signalCode };
}

async function stop(running: Running, timeoutMs: number, failing: boolean): Promise<Exit> {
  const serving = running.probes.processes(running.options.service).filter(({ ports }) => ports.length > 0);
  const isOver = (): boolean => running.closed || (serving.length > 0 && serving.every(({ gone }) => gone));
  // A dropped connection arrives before the news that the process ended; without this an early end would look like an answer to SIGTERM.
  if (failing) await until(running, isOver, 500);
  if (isOver()) {
    const leftBehind = await reap(running);
    const { code } = endOf(running, serving[0]);
    return { code, signal: code === null ? 'unknown' : null, ms: 0, forced: false, early: true, leftBehind };
  }
  const targets = findTargets(running);
  const start = performance.now();
  for (const { pid } of targets) signalProcess(pid, 'SIGTERM');
  if (targets.length === 0) signalGroup(running, 'SIGTERM');
  const ended = await until(running, () => running.closed || (targets.length > 0 && targets.every(({ gone }) => gone)), timeoutMs);
  const ms = Math.round(performance.now() - start);
  if (!ended) signalGroup(running, 'SIGKILL');
  const leftBehind = await reap(running);
  return { ...(ended ? endOf(running, targets[0]) : { code: null, signal: 'SIGKILL' }), ms, forced: !ended, early: false, leftBehind };
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
  const child = spawn(options.command, {
    cwd: options.cwd,
    env: { ...options.env, ...probes.environment(options.service, options.env['NODE_OPTIONS']) },
    shell: true,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const running: Running = { options, probes, child, stdout: '', stderr: '', closed: false, failure: undefined, watchers: new Set() };
  attach(running);
  const kill = (): void => {
    if (!running.closed) signalGroup(running, 'SIGKILL');
  };
  process.once('exit', kill);
  child.once('close', () => process.removeListener('exit', kill));
  return {
    service: options.service,
    stdout: () => running.stdout,
    stderr: () => running.stderr,
    ready: (timeoutMs, signal) => ready(running, timeoutMs, signal),
    port: () => findPort(running),
    stop: (timeoutMs, failing = false) => stop(running, timeoutMs, failing),
    kill,
  };
}

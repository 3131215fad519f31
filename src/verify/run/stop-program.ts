import type { ProbedProcess } from './probe-server.ts';
import { endProcesses, type FoundProcess, findProcesses, signalProcess, untilEnded } from './processes.ts';
import { type Running, until } from './running.ts';

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
  /** Processes that outlived the program and had to be ended, by id: what each ran. */
  readonly leftBehind: readonly string[];
}

/** The processes that do the work: those that listen (a cluster worker's parent for it), else those nobody else was started by. */
function findTargets({ options, probes }: Running): ProbedProcess[] {
  const alive = probes.processes(options.service).filter(({ gone }) => !gone);
  const listening = alive.filter(({ ports }) => ports.length > 0);
  const owners = listening.map((process) => (process.worker ? (alive.find(({ pid }) => pid === process.parent) ?? process) : process));
  if (owners.length > 0) return [...new Set(owners)];
  return alive.filter(({ pid }) => !alive.some(({ parent }) => parent === pid));
}

/** The launch is its own process group, so that npm, shells and watchers around the program end with it. */
export function signalGroup(running: Running, signal: NodeJS.Signals): void {
  if (running.child.pid === undefined) return;
  signalProcess(process.platform === 'win32' ? running.child.pid : -running.child.pid, signal);
}

/** npm, shells and watchers around the program: they end with it and are not its own. */
function wrappersOf({ launch }: Running, targets: readonly ProbedProcess[]): ReadonlySet<number> {
  const parents = new Map(findProcesses(launch).map(({ pid, parent }) => [pid, parent]));
  const wrappers = new Set<number>();
  for (const { parent } of targets)
    for (let at: number | undefined = parent; at !== undefined && parents.has(at) && !wrappers.has(at); at = parents.get(at))
      wrappers.add(at);
  return wrappers;
}

/** Where processes cannot be listed, those that told of themselves. */
function alive({ launch, options, probes }: Running): FoundProcess[] {
  const told = probes.processes(options.service).filter(({ gone }) => !gone);
  const listed = findProcesses(launch);
  const more = process.platform === 'win32' ? told.map(({ pid, parent, program }) => ({ pid, parent, command: program })) : [];
  return [...listed, ...more];
}

/** Ends the wrappers, then whatever else the launch left, wherever it went; returns what that was. */
async function reap(running: Running, wrappers: ReadonlySet<number>): Promise<string[]> {
  const own = (): FoundProcess[] => alive(running).filter(({ pid }) => !wrappers.has(pid));
  const around = (): FoundProcess[] => alive(running).filter(({ pid }) => wrappers.has(pid));
  await untilEnded(() => alive(running), 1_000);
  // A watcher or process manager would start the program again.
  await endProcesses(around, 1_000);
  await untilEnded(own, 500);
  const left = await endProcesses(own, 1_000);
  await until(running, () => running.closed, 2_000);
  return left;
}

function endOf(running: Running, target: ProbedProcess | undefined): { code: number | null; signal: string | null } {
  if (target?.exitCode !== undefined) return { code: target.exitCode, signal: null };
  if (target && target.pid !== running.child.pid) return { code: null, signal: 'SIGTERM' };
  return { code: running.child.exitCode, signal: running.child.signalCode };
}

/** Sends SIGTERM to the processes that do the work and waits for their end; what remains of the launch is ended after them. */
export async function stopProgram(running: Running, timeoutMs: number, failing: boolean): Promise<Exit> {
  const serving = running.probes.processes(running.options.service).filter(({ ports }) => ports.length > 0);
  const isOver = (): boolean => running.closed || (serving.length > 0 && serving.every(({ gone }) => gone));
  // A dropped connection arrives before the news that the process ended; without this an early end would look like an answer to SIGTERM.
  if (failing) await until(running, isOver, 500);
  const targets = findTargets(running);
  const wrappers = wrappersOf(running, targets.length > 0 ? targets : serving);
  if (isOver()) {
    const leftBehind = await reap(running, wrappers);
    const { code } = endOf(running, serving[0]);
    return { code, signal: code === null ? 'unknown' : null, ms: 0, forced: false, early: true, leftBehind };
  }
  const start = performance.now();
  for (const { pid } of targets) signalProcess(pid, 'SIGTERM');
  if (targets.length === 0) signalGroup(running, 'SIGTERM');
  const ended = await until(running, () => running.closed || (targets.length > 0 && targets.every(({ gone }) => gone)), timeoutMs);
  const ms = Math.round(performance.now() - start);
  if (!ended) signalGroup(running, 'SIGKILL');
  const leftBehind = await reap(running, wrappers);
  return { ...(ended ? endOf(running, targets[0]) : { code: null, signal: 'SIGKILL' }), ms, forced: !ended, early: false, leftBehind };
}

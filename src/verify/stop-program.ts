import type { ProbedProcess } from './probe-server.ts';
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
  /** Node processes that outlived the launch and were killed by id: what each ran. */
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

function signalProcess(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** The launch is its own process group, so that npm, shells and watchers around the program end with it. */
export function signalGroup(running: Running, signal: NodeJS.Signals): void {
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
  const left = new Set<ProbedProcess>();
  // A process manager may start the program again, so more than one round.
  for (let round = 0; round < 5 && alive().length > 0; round += 1) {
    for (const process of alive()) {
      left.add(process);
      signalProcess(process.pid, 'SIGKILL');
    }
    await until(running, () => alive().length === 0, 300);
  }
  return [...left].map(({ program, pid }) => program || `process ${pid}`);
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

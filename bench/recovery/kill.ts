import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseJournal, type TaskRecord } from '../../src/tasks/journal.ts';
import { findProcesses } from '../../src/verify/run/processes.ts';
import type { Shop } from './shop.ts';

/** One kill: whom it met, and what the journal held then. */
export interface Kill {
  readonly victim: string;
  readonly before: readonly TaskRecord[];
  /** From the start of the next runner to its first step; undefined when the runner lived on. */
  resumeMs?: number;
}

const home = ({ root }: Shop): string => join(root, '.tracewright/tasks');

export function recordsOf(shop: Shop): readonly TaskRecord[] {
  const file = join(home(shop), 'journal.ndjson');
  return existsSync(file) ? parseJournal(readFileSync(file)).records : [];
}

interface Runner {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  /** From its start to its first step. */
  readonly begun: Promise<number | undefined>;
}

function startRunner(cli: string, shop: Shop, action: 'run' | 'resume'): Runner {
  const start = performance.now();
  const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', CI: '' };
  const child = spawn(process.execPath, [cli, 'tasks', action, '--jobs', '3', '--json'], {
    cwd: shop.root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  });
  const ended = once(child, 'exit');
  const begun = new Promise<number | undefined>((resolve) => {
    child.stderr?.on('data', (bytes: Buffer) => {
      if (/: start$/m.test(bytes.toString())) resolve(performance.now() - start);
    });
    child.once('exit', () => resolve(undefined));
  });
  return { child, ended, begun };
}

/** Runs the shop to its end and kills with -9 on the way, as often as asked for and there is time. */
export async function runWithKills(cli: string, shop: Shop, random: () => number, count: number): Promise<readonly Kill[]> {
  const kills: Kill[] = [];
  for (let run = 0; run < 40; run += 1) {
    const runner = startRunner(cli, shop, run === 0 ? 'run' : 'resume');
    const last = kills.at(-1);
    const ms = await runner.begun;
    if (last?.victim.startsWith('runner') && ms !== undefined) last.resumeMs ??= ms;
    await killSome(shop, runner, random, count, kills);
    await runner.ended;
    if (runner.child.exitCode === 0) return kills;
  }
  throw new Error(`it does not end: ${shop.root}`);
}

/** Until it met the runner itself, or enough. */
async function killSome(shop: Shop, { child, ended }: Runner, random: () => number, count: number, kills: Kill[]): Promise<void> {
  while (kills.length < count) {
    // By what was done, not by the clock alone: otherwise long steps, begun anew each time, would meet every kill.
    const target = recordsOf(shop).length + Math.floor(random() * 9);
    const over = (): boolean => child.exitCode !== null || child.signalCode !== null;
    while (!over() && recordsOf(shop).length < target) await wait(20);
    await Promise.race([ended, wait(800 * random())]);
    if (over()) return;
    const kill = killSomething(shop, child, random);
    if (kill !== undefined) kills.push(kill);
    if (kill?.victim.startsWith('runner')) return;
  }
}

/** Half of the time the runner, else a process that one of its steps started. */
function killSomething(shop: Shop, runner: ChildProcess, random: () => number): Kill | undefined {
  const before = recordsOf(shop);
  const children = findProcesses({ group: undefined, mark: markOf(shop) });
  const child = random() < 0.5 ? children[Math.floor(random() * children.length)] : undefined;
  const during = kindOf(before);
  const victim = child === undefined ? `runner in ${during}` : `child of ${during}`;
  try {
    process.kill(child?.pid ?? runner.pid ?? 0, 'SIGKILL');
    return { victim, before };
  } catch {
    // It ended in this very moment.
    return undefined;
  }
}

function markOf(shop: Shop): string {
  try {
    const runner = JSON.parse(readFileSync(join(home(shop), 'local/runner.json'), 'utf8')) as { mark: string };
    return runner.mark;
  } catch {
    return 'nobody';
  }
}

/** What was going on: the first step that was begun and not ended. */
function kindOf(records: readonly TaskRecord[]): string {
  const open = new Set<string>();
  for (const record of records) {
    if (record.event === 'start') open.add(record.step);
    else if ('step' in record) open.delete(record.step);
  }
  const [step = 'between steps'] = open;
  if (/^(verify|record|commit)$/.test(step)) return step;
  if (step.startsWith('install')) return 'install';
  return /-\d$/.test(step) ? 'shell step' : step === 'between steps' ? step : 'survey, plan, apply';
}

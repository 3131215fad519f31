import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How the processes of one launch are known, wherever they went: daemons leave the group, but keep their environment. */
export interface Launch {
  /** The process group that the launch began with. */
  readonly group: number | undefined;
  /** A variable of its environment, `NAME=value`, that no other launch has. */
  readonly mark: string;
}

export interface FoundProcess {
  readonly pid: number;
  readonly parent: number;
  /** As a person would write it, cut to one line. */
  readonly command: string;
}

interface Listed extends FoundProcess {
  readonly group: number;
  readonly environment: string;
}

export function commandOf(words: readonly string[]): string {
  const [program = '', ...rest] = words;
  const text = [basename(program), ...rest].join(' ').replace(/\s+/g, ' ').trim();
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** Most processes are nobody's of ours, and looking at all of them must be cheap: what a step starts is asked for again and again. */
function findOnLinux(launch: Launch): FoundProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d/.test(name)) return [];
    try {
      return readProcess(name, launch);
    } catch {
      // It ended meanwhile, or it belongs to somebody else.
      return [];
    }
  });
}

function readProcess(pid: string, { group, mark }: Launch): FoundProcess[] {
  const isMarked = (): boolean => hasVariable(readKernelFile(`/proc/${pid}/environ`), mark);
  if (group === undefined && !isMarked()) return [];
  const stat = readKernelFile(`/proc/${pid}/stat`).toString('latin1');
  const [state, parent, own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 3);
  if (state === 'Z' || state === 'X') return [];
  if (group !== undefined && Number(own) !== group && !isMarked()) return [];
  const words = readKernelFile(`/proc/${pid}/cmdline`).toString('utf8').split('\0');
  return [{ pid: Number(pid), parent: Number(parent), command: commandOf(words) }];
}

function hasVariable(environment: Buffer, variable: string): boolean {
  return environment.indexOf(`${variable}\0`) === 0 || environment.includes(`\0${variable}\0`);
}

let room = Buffer.alloc(1 << 16);

/** What a file of /proc holds, until the next is read: those have no length, and `readFileSync` takes four times as long. */
function readKernelFile(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const read = readSync(file, room, length, room.length - length, null);
      if (read === 0) return room.subarray(0, length);
      length += read;
      if (length === room.length) room = Buffer.concat([room], room.length * 2);
    }
  } finally {
    closeSync(file);
  }
}

/** `ps` appends the environment to the command, so the command ends at the first variable. */
function listOthers(): Listed[] {
  const columns = ['-A', '-E', '-ww', '-o', 'pid=,ppid=,pgid=,state=,command='];
  const lines = execFileSync('ps', columns, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, group, state = '', rest = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state.startsWith('Z')) return [];
    const words = rest.split(' ');
    const end = words.findIndex((word) => /^[A-Za-z_]\w*=/.test(word));
    const command = commandOf(end < 0 ? words : words.slice(0, end));
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), command, environment: `\0${words.join('\0')}\0` }];
  });
}

/** Every living process of a launch. None on Windows, where nothing tells them. */
export function findProcesses({ group, mark }: Launch): FoundProcess[] {
  if (process.platform === 'win32') return [];
  if (process.platform === 'linux') return findOnLinux({ group, mark });
  return listOthers().filter((each) => each.group === group || each.environment.includes(`\0${mark}\0`));
}

export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

/** Ends every process of a launch at once, by id. */
export function killProcesses(launch: Launch): void {
  for (const { pid } of findProcesses(launch)) signalProcess(pid, 'SIGKILL');
}

/** Other people's processes send no event when they end, so they are asked for. */
export async function untilEnded(find: () => readonly FoundProcess[], timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (find().length > 0) {
    if (performance.now() > until) return false;
    await wait(25);
  }
  return true;
}

/** Ends what is found, by id: first SIGTERM, then SIGKILL, and what was started meanwhile as well. Returns what it was. */
export async function endProcesses(find: () => readonly FoundProcess[], graceMs = 2_000): Promise<string[]> {
  const ended = new Map<number, string>();
  const signalled = new Set<number>();
  const send = (signal: NodeJS.Signals, again: boolean): readonly FoundProcess[] => {
    const found = find();
    for (const { pid, command } of found) {
      if (again || !signalled.has(pid)) signalProcess(pid, signal);
      signalled.add(pid);
      ended.set(pid, command || `process ${pid}`);
    }
    return found;
  };
  if (!(await untilEnded(() => send('SIGTERM', false), graceMs))) await untilEnded(() => send('SIGKILL', true), graceMs);
  return [...ended.values()];
}

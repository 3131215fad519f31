import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { commandOf, type FoundProcess } from './processes.ts';

/** Sockets that listen on the port, by inode, from the kernel's own table. */
function listeningSockets(port: number): Set<string> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    try {
      return readFileSync(table, 'utf8').split('\n').slice(1);
    } catch {
      return [];
    }
  });
  const listening = lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => local.endsWith(wanted) && state === '0A');
  return new Set(listening.map((fields) => `socket:[${fields[9]}]`));
}

function holds(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => sockets.has(readlinkSync(`/proc/${pid}/fd/${descriptor}`)));
  } catch {
    return false;
  }
}

function ownerOnLinux(port: number): FoundProcess | undefined {
  const sockets = listeningSockets(port);
  if (sockets.size === 0) return undefined;
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holds(name, sockets));
  if (pid === undefined) return undefined;
  return { pid: Number(pid), parent: 0, command: commandOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) };
}

function ownerElsewhere(port: number): FoundProcess | undefined {
  const ask = (program: string, words: readonly string[]): string =>
    execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe' }).trim();
  const pid = ask('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t']).split('\n')[0] ?? '';
  return pid === ''
    ? undefined
    : { pid: Number(pid), parent: 0, command: commandOf(ask('ps', ['-ww', '-o', 'command=', '-p', pid]).split(' ')) };
}

/** Who listens on a port of this machine; undefined when the system does not tell. */
export function findPortOwner(port: number): FoundProcess | undefined {
  try {
    return process.platform === 'linux' ? ownerOnLinux(port) : process.platform === 'win32' ? undefined : ownerElsewhere(port);
  } catch {
    return undefined;
  }
}

/** `port 3000 is held by \`node old.js\` (process 12)`, as far as it is known. */
export function describePort(port: number): string {
  const owner = findPortOwner(port);
  return owner ? `port ${port} is held by \`${owner.command || 'a program'}\` (process ${owner.pid})` : `port ${port}`;
}

/** The port of Node's own message, `listen EADDRINUSE: address already in use :::3000`. */
export function portInUse(output: string): number | undefined {
  const [, port] = /EADDRINUSE[^\n]*?:(\d{1,5})\b/.exec(output) ?? /EADDRINUSE[\s\S]{0,400}?port: (\d{1,5})\b/.exec(output) ?? [];
  return port === undefined ? undefined : Number(port);
}

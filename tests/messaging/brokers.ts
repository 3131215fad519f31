import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Servers that Debian has; a test without its server says so and runs nothing. */
export type BrokerName = 'redis' | 'nats' | 'rabbitmq' | 'postgres' | 'mosquitto';

export interface Broker {
  readonly url: string;
  stop(): Promise<void>;
}

interface Recipe {
  /** The binary, by name or path. */
  readonly binary: string;
  args(port: number, folder: string): readonly string[];
  url(port: number): string;
  readonly env?: (port: number, folder: string) => Record<string, string>;
  /** Milliseconds until it takes connections. */
  readonly patience?: number;
}

const postgres = '/usr/lib/postgresql/15/bin';

const recipes: Readonly<Record<BrokerName, Recipe>> = {
  redis: {
    binary: 'redis-server',
    args: (port) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    url: (port) => `redis://127.0.0.1:${port}`,
  },
  nats: {
    binary: 'nats-server',
    args: (port, folder) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder],
    url: (port) => `nats://127.0.0.1:${port}`,
  },
  mosquitto: { binary: 'mosquitto', args: (port) => ['-p', String(port)], url: (port) => `mqtt://127.0.0.1:${port}` },
  rabbitmq: {
    // The one in PATH goes to another user first, who may not enter the folder.
    binary: '/usr/lib/rabbitmq/bin/rabbitmq-server',
    args: () => [],
    env: (port, folder) => ({
      HOME: folder,
      RABBITMQ_NODENAME: `tracewright${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(port + 1),
      RABBITMQ_MNESIA_BASE: folder,
      RABBITMQ_LOG_BASE: folder,
      RABBITMQ_CONFIG_FILE: join(folder, 'none'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
      ERL_EPMD_ADDRESS: '127.0.0.1',
    }),
    url: (port) => `amqp://127.0.0.1:${port}`,
    patience: 60_000,
  },
  postgres: {
    binary: join(postgres, 'postgres'),
    args: (port, folder) => [
      '-D',
      folder,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${folder}`,
      '-c',
      'fsync=off',
    ],
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
  },
};

/** Whether this machine has the server. */
export function hasBroker(name: BrokerName): boolean {
  return spawnSync('which', [recipes[name].binary]).status === 0;
}

/** Starts a server of its own on a free port of 127.0.0.1, with its data in a folder that goes with it. */
export async function startBroker(name: BrokerName): Promise<Broker> {
  const recipe = recipes[name];
  const folder = mkdtempSync(join(tmpdir(), `tracewright-${name}-`));
  const port = await freePort();
  const identity = name === 'postgres' ? initPostgres(folder) : {};
  const child = spawn(recipe.binary, recipe.args(port, folder), {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...recipe.env?.(port, folder) },
    stdio: 'ignore',
    detached: true,
    ...identity,
  });
  const ended = once(child, 'exit');
  try {
    await accepting(port, child, recipe.patience ?? 20_000);
  } catch (error) {
    end(child);
    throw error;
  }
  return {
    url: recipe.url(port),
    async stop() {
      end(child);
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server and what it started, which is a process group of its own. */
function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Postgres refuses to run as root. */
function initPostgres(folder: string): { uid?: number; gid?: number } {
  const isRoot = process.getuid?.() === 0;
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres']).stdout.toString());
  const identity = isRoot ? { uid: id('-u'), gid: id('-g') } : {};
  if (isRoot) spawnSync('chown', ['postgres', folder]);
  const { status, stderr } = spawnSync(join(postgres, 'initdb'), ['-D', folder, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    cwd: folder,
    ...identity,
  });
  if (status !== 0) throw new Error(`initdb: ${stderr}`);
  return identity;
}

async function accepting(port: number, child: ChildProcess, patience: number): Promise<void> {
  for (const until = performance.now() + patience; performance.now() < until; await pause(50)) {
    if (child.exitCode !== null) break;
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error(`nothing listens on ${port}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

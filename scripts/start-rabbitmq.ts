import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** The program itself: the one on the PATH of Debian becomes another user first. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

export interface RunningRabbitMq {
  readonly url: string;
  stop(): Promise<void>;
}

/** Whether a RabbitMQ can be started here. */
export function hasRabbitMq(): boolean {
  return existsSync(SERVER);
}

/** Starts Debian's rabbitmq-server on a free port of 127.0.0.1, with all it writes in a temporary folder. */
export async function startRabbitMq(): Promise<RunningRabbitMq> {
  const home = mkdtempSync(join(tmpdir(), 'rabbitmq-'));
  const [port, dist, names] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(join(home, 'rabbitmq.conf'), `listeners.tcp.default = 127.0.0.1:${port}\n`);
  writeFileSync(join(home, 'enabled_plugins'), '[].\n');
  const env = {
    ...process.env,
    HOME: home,
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: 'prove@localhost',
    RABBITMQ_DIST_PORT: String(dist),
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(home, 'pid'),
  };
  // Else the server leaves one behind that nobody ends.
  const namer = spawn('epmd', ['-port', String(names), '-address', '127.0.0.1'], { env, stdio: 'ignore' });
  const server = spawn(SERVER, [], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async (): Promise<void> => {
    await ended(server);
    await ended(namer);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await said(server, 'Server startup complete');
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `amqp://127.0.0.1:${port}`, stop };
}

function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = '';
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`rabbitmq-server ended: ${all.slice(-2000)}`)));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        all += bytes.toString();
        if (all.includes(words)) resolve();
      });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

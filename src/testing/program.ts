import { basename, resolve } from 'node:path';
import { startProbeServer } from '../verify/run/probe-server.ts';
import { startProgram as launch } from '../verify/run/program.ts';
import { choosePorts } from '../verify/run/run-scenarios.ts';
import type { Exit } from '../verify/run/stop-program.ts';
import { programEnvironment } from '../verify/setup/environment.ts';
import type { TestReceiver, TracedResponse } from './receiver.ts';

export interface TestProgramOptions {
  /** As on a command line, e.g. `npm start`. */
  readonly command: string;
  readonly receiver: TestReceiver;
  /** Default: the current folder. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A fixed port; by default a free one is chosen and passed as PORT. */
  readonly port?: number;
  /** Ready when this matches its output, instead of when it listens. */
  readonly readyOutput?: RegExp;
  /** Milliseconds to become ready (default 30,000), and to end after SIGTERM (10,000). */
  readonly readyMs?: number;
  readonly stopMs?: number;
}

export interface TestProgram {
  /** Where it listens; empty when it does not. */
  readonly url: string;
  stdout(): string;
  stderr(): string;
  /** Sends a request with a trace id of its own. */
  request(path: string, init?: RequestInit): Promise<TracedResponse>;
  /** SIGTERM, its own flush and end; afterwards every span has arrived. A second call changes nothing. */
  stop(): Promise<Exit>;
}

function withoutRunner({ JEST_WORKER_ID: _jest, NODE_TEST_CONTEXT: _node, ...rest }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return rest;
}

/** Starts a program that sends its telemetry to the receiver, and waits until it listens. Throws TW3003, TW3004, TW3005 or TW3015. */
export async function startProgram(options: TestProgramOptions): Promise<TestProgram> {
  const { receiver, command, readyOutput } = options;
  const cwd = resolve(options.cwd ?? '.');
  const name = basename(cwd);
  const service = { name, dir: '', command, choosePort: true, env: options.env ?? {}, ...(options.port ? { port: options.port } : {}) };
  const ports = await choosePorts([service]);
  const port = ports.get(name);
  const env = programEnvironment(service, ports, receiver.url, withoutRunner(process.env));
  const probes = await startProbeServer();
  const launched = { service: name, command, cwd, env, ...(port ? { port } : {}), ...(readyOutput ? { readyOutput } : {}) };
  const program = launch(launched, probes);
  const detach = receiver.attach(command);
  const end = async (timeoutMs: number): Promise<Exit> => {
    const exit = await program.stop(timeoutMs);
    await probes.close();
    await detach();
    return exit;
  };
  try {
    await program.ready(options.readyMs ?? 30_000);
  } catch (error) {
    program.kill();
    await end(0);
    throw error;
  }
  const endpoint = await program.endpoint(readyOutput ? 0 : 2_000);
  const url = endpoint ? `${endpoint.tls ? 'https' : 'http'}://${endpoint.host}:${endpoint.port}` : '';
  let ending: Promise<Exit> | undefined;
  return {
    url,
    stdout: program.stdout,
    stderr: program.stderr,
    request: (path, init) => receiver.request(new URL(path, url), init),
    stop() {
      ending ??= end(options.stopMs ?? 10_000);
      return ending;
    },
  };
}

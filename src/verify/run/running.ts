import type { ChildProcess } from 'node:child_process';
import type { Endpoint, ProbeServer } from './probe-server.ts';
import type { Launch } from './processes.ts';

export interface ProgramOptions {
  readonly service: string;
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The port it is expected on; another one counts only when nothing listens there. */
  readonly port?: number;
  /** Ready when this matches its output, instead of when it listens. */
  readonly readyOutput?: RegExp;
  /** No request is sent to it: a worker may never listen, and is ready by what it prints. */
  readonly unasked?: boolean;
}

/** A launched program and what is known about it. */
export interface Running {
  readonly options: ProgramOptions;
  readonly probes: ProbeServer;
  readonly child: ChildProcess;
  readonly launch: Launch;
  stdout: string;
  stderr: string;
  /** Every holder of its output has ended. */
  closed: boolean;
  failure: Error | undefined;
  /** Where it was asked first; the next request goes there, too. */
  chosen?: Endpoint;
  readonly watchers: Set<() => void>;
}

/** Resolves true once `holds`, asked at once and after every news of the program; false after the time or on abort. */
export function until(running: Running, holds: () => boolean, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
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

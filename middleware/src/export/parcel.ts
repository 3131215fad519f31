import { diag } from '@opentelemetry/api';
import { isIP } from 'net';
import { NodeUrl, stringify, Worker } from '../platform';
import { quietly } from '../quietly';
import { DELIVER } from './deliver.gen';

/** One encoded export request. */
export interface Parcel {
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Base64 on its way to a child process. */
  readonly body: Uint8Array | string;
  readonly grpc: boolean;
  readonly tls: Record<string, string>;
  /** Where the host of the URL was found last. */
  readonly address?: string | undefined;
}

export interface Job {
  readonly parcels: readonly Parcel[];
  /** Milliseconds that answers are waited for. */
  readonly patience: number;
  /** Milliseconds more for a collector that asks to come back later. */
  readonly extra: number;
  /** Of a thread: how far it is, and the status of what was not taken. */
  readonly flags?: Int32Array;
}

/** A busy machine takes its time to start a thread or a process. */
const START_CAP = 1000;
/** What TLS depends on; anything else, NODE_OPTIONS first, is not for this program. */
const KEPT = ['NODE_EXTRA_CA_CERTS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'SSL_CERT_DIR', 'SSL_CERT_FILE'];

/**
 * Sends while this process is already exiting and can do nothing asynchronous itself; nothing of the program runs meanwhile.
 * A thread starts faster, needs no second process and works where none may be started. Its one weakness: a name server that does not answer holds
 * it, and the exit would wait for it. So a host that was not found before is left to a child process, which can be killed.
 */
export function deliver(job: Job): void {
  if (job.parcels.length === 0 || !isNode()) return;
  const status = (job.parcels.every(isLocated) ? byThread(job) : undefined) ?? byChild(job);
  if (status !== 0) diag.error(`tracewright: the last ${status > 0 ? `was refused: HTTP ${status}` : 'did not arrive in time'}`);
}

/** Undefined where no thread can be started. */
function byThread(job: Job): number | undefined {
  try {
    const flags = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(DELIVER, {
      eval: true,
      env: keptEnvironment(),
      execArgv: [],
      stdin: false,
      stderr: true,
      stdout: true,
      workerData: { ...job, flags },
    });
    worker.on('error', () => undefined);
    Atomics.wait(flags, 0, 0, START_CAP);
    Atomics.wait(flags, 0, 1, job.patience);
    Atomics.wait(flags, 0, 2, job.extra);
    return flags[0] === 3 ? flags[1] : -1;
  } catch {
    return undefined;
  }
}

function byChild({ parcels, patience, extra }: Job): number {
  if ('pkg' in process || !/node(?:\.exe)?$/.test(process.execPath)) return -1;
  // Loaded here, because it is a noticeable part of the start-up and few processes ever need it.
  const { spawnSync } = quietly(() => require('child_process') as typeof import('child_process'));
  const bodies = parcels.map((each) => ({ ...each, body: Buffer.from(each.body).toString('base64') }));
  const { status } = spawnSync(process.execPath, ['-e', DELIVER], {
    env: keptEnvironment(),
    input: stringify({ parcels: bodies, patience, extra }),
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: START_CAP + patience + extra,
    windowsHide: true,
  });
  return status === 0 ? 0 : -1;
}

function keptEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of KEPT) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function isLocated({ url, address }: Parcel): boolean {
  const host = new NodeUrl(url).hostname.replace(/^\[|\]$/g, '');
  return address !== undefined || isIP(host) !== 0 || host === 'localhost';
}

/** What looks like Node elsewhere may end differently, and its execPath may be the application itself. */
function isNode(): boolean {
  const versions: Record<string, string | undefined> = process.versions;
  return process.release.name === 'node' && !versions['electron'] && !versions['bun'] && !versions['deno'];
}

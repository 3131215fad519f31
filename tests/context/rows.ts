import type { BrokerName } from '../messaging/brokers.ts';

/** One row of the table of what loses its context. */
export interface Row {
  readonly name: string;
  readonly packages: readonly string[];
  readonly broker?: BrokerName;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags before the program. */
  readonly flags?: readonly string[];
  /** One of its kind is enough in CI; `CONTEXT_ALL=1` runs all. */
  readonly isLong?: boolean;
  /** Requests at once; 20 when nothing is said. */
  readonly side?: number;
  /** Keeps it by itself. */
  readonly isRight?: boolean;
}

/** The work of a request that waits goes on in the trace of another, unless it is mended. */
export const rows: readonly Row[] = [
  { name: 'p-limit', packages: ['p-limit@2.3.0'] },
  { name: 'p-limit', packages: ['p-limit@3.1.0'] },
  { name: 'p-queue', packages: ['p-queue@6.6.2'] },
  { name: 'async-queue', packages: ['async@2.6.4'] },
  { name: 'async-queue', packages: ['async@3.2.6'] },
  { name: 'async-queue-async', packages: ['async@3.2.6'] },
  { name: 'async-priority-queue', packages: ['async@3.2.6'] },
  { name: 'fastq', packages: ['fastq@1.20.3'] },
  { name: 'fastq-promise', packages: ['fastq@1.20.3'] },
  { name: 'bottleneck', packages: ['bottleneck@2.19.5'] },
  { name: 'generic-pool', packages: ['generic-pool@2.5.4'] },
  { name: 'mysql2', packages: ['mysql2@2.3.3'] },
  { name: 'mysql2', packages: ['mysql2@3.24.6'] },
  { name: 'redis', packages: ['redis@2.8.0'], broker: 'redis' },
  { name: 'redis', packages: ['redis@3.1.2'], broker: 'redis' },
  { name: 'bluebird', packages: ['bluebird@3.7.2'] },
  { name: 'bluebird-coroutine', packages: ['bluebird@3.7.2'] },
  { name: 'native', packages: ['bluebird@3.7.2'], isRight: true },
];

/** What comes unasked is in the trace of the request that opened the connection or set the clock, unless it is mended. */
export const stale: readonly Row[] = [
  { name: 'pg-listen', packages: ['pg@8.23.1'], broker: 'postgres' },
  { name: 'redis-subscribe', packages: ['redis@4.7.1'], broker: 'redis' },
  { name: 'redis-subscribe', packages: ['redis@6.3.1'], broker: 'redis' },
  { name: 'ioredis-subscribe', packages: ['ioredis@5.8.2'], broker: 'redis' },
  { name: 'ws-client', packages: ['ws@8.23.0'] },
  { name: 'schedules', packages: ['node-cron@3.0.3', 'cron@4.4.0', 'node-schedule@2.1.1'] },
];

const none: readonly string[] = ['bluebird@3.7.2'];

/** What another thread or process is asked to do is in the trace of whoever asked, and so is what its answer leads to. */
export const elsewhere: readonly Row[] = [
  { name: 'worker-file', packages: none },
  { name: 'worker-data', packages: none },
  { name: 'worker-eval', packages: none, isLong: true },
  { name: 'worker-reply', packages: none },
  { name: 'message-channel', packages: none },
  { name: 'message-port', packages: none },
  { name: 'fork', packages: none, isLong: true },
  // Each ends on its own, and a machine that is busy with 20 of them lets some end before they were heard.
  { name: 'fork-environment', packages: none, side: 2, isLong: true },
  { name: 'fork-reply', packages: none },
  // A bootstrap that is an ES module loads while messages come already.
  { name: 'fork', packages: none, flags: ['--import', './instrumentation.mjs'] },
  { name: 'piscina', packages: ['piscina@4.9.2'], isLong: true },
  { name: 'piscina', packages: ['piscina@5.3.2'] },
  { name: 'workerpool', packages: ['workerpool@6.5.1'], isLong: true },
  { name: 'workerpool', packages: ['workerpool@10.0.3'] },
  { name: 'workerpool', packages: ['workerpool@10.0.3'], env: { TYPE: 'process' }, isLong: true },
  { name: 'jest-worker', packages: ['jest-worker@27.5.1'], env: { TYPE: 'process' }, isLong: true },
  { name: 'jest-worker', packages: ['jest-worker@30.5.1'] },
];

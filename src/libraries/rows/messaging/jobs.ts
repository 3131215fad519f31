import type { Library } from '../../library.ts';

const jobs = 'Its jobs get no spans of their own, and a worker is not joined to the request that put the job on the queue.';

const redis = "process.env.REDIS_URL || 'redis://127.0.0.1:6379'";

/** Queues of jobs in a database or a cache. */
export const libraries: readonly Library[] = [
  { name: '@hokify/agenda', role: 'queue', spans: [], loads: ['mongodb'], over: ['mongodb'], dark: jobs },
  { name: '@nestjs/bull', role: 'queue', spans: [], over: ['bull'] },
  { name: '@nestjs/bullmq', role: 'queue', spans: [], over: ['bullmq'] },
  { name: 'agenda', role: 'queue', spans: [], loads: ['mongodb'], over: ['mongodb'], dark: jobs },
  {
    name: 'bee-queue',
    role: 'queue',
    spans: [{ by: 'middleware', versions: '>=1 <3' }],
    loads: ['redis'],
    over: ['redis'],
    dark: jobs,
    trial: [
      "const Queue = require('bee-queue');",
      `const queue = new Queue({queue}, { isWorker: false, redis: ${redis} });`,
      'queue.createJob({}).save().then(() => queue.close());',
    ],
  },
  {
    name: 'bull',
    role: 'queue',
    spans: [{ by: 'middleware', versions: '>=3 <5' }],
    loads: ['ioredis'],
    over: ['ioredis'],
    dark: jobs,
    trial: ["const Queue = require('bull');", `const queue = new Queue({queue}, ${redis});`, 'queue.add({}).then(() => queue.close());'],
  },
  {
    name: 'bullmq',
    role: 'queue',
    spans: [{ by: 'middleware', versions: '>=3 <7' }],
    loads: ['ioredis'],
    over: ['ioredis'],
    dark: jobs,
    trial: [
      "const { Queue } = require('bullmq');",
      `const at = new URL(${redis});`,
      'const queue = new Queue({queue}, { connection: { host: at.hostname, port: Number(at.port || 6379) } });',
      "queue.add('trial', {}).then(() => queue.close());",
    ],
  },
  {
    name: 'graphile-worker',
    role: 'queue',
    spans: [{ by: 'middleware', versions: '>=0.13 <1', but: 'Jobs that SQL adds start traces of their own.' }],
    loads: ['pg'],
    over: ['pg'],
    dark: jobs,
  },
  { name: 'kue', role: 'queue', spans: [], loads: ['redis'], over: ['redis'], dark: jobs },
  { name: 'node-resque', role: 'queue', spans: [], loads: ['ioredis'], over: ['ioredis'], dark: jobs },
  {
    name: 'pg-boss',
    role: 'queue',
    spans: [
      {
        by: 'middleware',
        versions: '>=9 <11',
        but: 'Its table has no place for a trace that is not data, so a worker in another process than the sender starts a trace of its own.',
      },
      // Its worker is joined to the request with `openTelemetry: { propagateContext: true }`.
      { by: 'itself', versions: '>=12.38' },
    ],
    loads: ['pg'],
    over: ['pg'],
    dark: jobs,
  },
  { name: 'rsmq', role: 'queue', spans: [], loads: ['redis'], over: ['redis'], dark: jobs },
];

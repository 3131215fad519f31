import type { Library } from '../../library.ts';

const jobs = 'Its jobs get no spans of their own, and a worker is not joined to the request that put the job on the queue.';

/** Queues of jobs in a database or a cache. */
export const libraries: readonly Library[] = [
  { name: '@hokify/agenda', role: 'queue', spans: [], loads: ['mongodb'], over: ['mongodb'], dark: jobs },
  { name: '@nestjs/bull', role: 'queue', spans: [], over: ['bull'] },
  { name: '@nestjs/bullmq', role: 'queue', spans: [], over: ['bullmq'] },
  { name: 'agenda', role: 'queue', spans: [], loads: ['mongodb'], over: ['mongodb'], dark: jobs },
  { name: 'bee-queue', role: 'queue', spans: [{ by: 'middleware', versions: '>=1 <3' }], loads: ['redis'], over: ['redis'], dark: jobs },
  { name: 'bull', role: 'queue', spans: [{ by: 'middleware', versions: '>=3 <5' }], loads: ['ioredis'], over: ['ioredis'], dark: jobs },
  { name: 'bullmq', role: 'queue', spans: [{ by: 'middleware', versions: '>=3 <7' }], loads: ['ioredis'], over: ['ioredis'], dark: jobs },
  { name: 'graphile-worker', role: 'queue', spans: [], loads: ['pg'], over: ['pg'], dark: jobs },
  { name: 'kue', role: 'queue', spans: [], loads: ['redis'], over: ['redis'], dark: jobs },
  { name: 'node-resque', role: 'queue', spans: [], loads: ['ioredis'], over: ['ioredis'], dark: jobs },
  { name: 'pg-boss', role: 'queue', spans: [], loads: ['pg'], over: ['pg'], dark: jobs },
  { name: 'rsmq', role: 'queue', spans: [], loads: ['redis'], over: ['redis'], dark: jobs },
];

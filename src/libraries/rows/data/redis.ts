import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'ioredis',
    role: 'cache',
    publishes: { versions: '>=6', names: ['ioredis:command', 'ioredis:batch', 'ioredis:connect'] },
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-ioredis',
        exports: 'IORedisInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.47.1', '>=2.0.0 <6'], 'sdk-2': ['0.71.0', '>=2.0.0 <7'], 'sdk-3': ['0.72.0', '>=2.0.0 <7'] },
      },
    ],
  },
  {
    name: 'redis',
    role: 'cache',
    publishes: { versions: '>=6', names: ['node-redis:command', 'node-redis:batch', 'node-redis:connect'] },
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-redis',
        exports: 'RedisInstrumentation',
        cohorts: { 'sdk-2': ['0.71.0', '>=4.0.0 <7'], 'sdk-3': ['0.72.0', '>=4.0.0 <7'] },
      },
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-redis',
        exports: 'RedisInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.46.1', '>=2.6.0 <4'], 'sdk-2': ['0.71.0', '>=2.6.0 <4'], 'sdk-3': ['0.72.0', '>=2.6.0 <4'] },
      },
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-redis-4',
        exports: 'RedisInstrumentation',
        cohorts: { 'sdk-1': ['0.46.1', '>=4.0.0 <5'] },
      },
    ],
  },
  { name: '@fastify/redis', role: 'cache', spans: [], loads: ['ioredis'], over: ['ioredis'] },
  { name: '@hapi/catbox-redis', role: 'cache', spans: [], loads: ['ioredis'], over: ['ioredis'] },
  { name: '@redis/client', role: 'cache', spans: [], dark: 'Its instrumentation looks for the package redis, which loads it.' },
  { name: '@upstash/redis', role: 'cache', spans: [{ by: 'transport', over: 'fetch' }] },
  { name: '@valkey/valkey-glide', role: 'cache', spans: [] },
  { name: 'iovalkey', role: 'cache', spans: [] },
];

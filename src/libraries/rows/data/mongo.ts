import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'mongodb',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-mongodb',
        exports: 'MongoDBInstrumentation',
        cohorts: { 'sdk-1': ['0.52.0', '>=3.3.0 <7'], 'sdk-2': ['0.76.0', '>=3.3.0 <8'], 'sdk-3': ['0.77.0', '>=3.3.0 <8'] },
      },
    ],
  },
  {
    name: 'mongoose',
    role: 'database',
    loads: ['mongodb'],
    publishes: { versions: '>=9.12', names: ['mongoose:query', 'mongoose:aggregate', 'mongoose:model:save'] },
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-mongoose',
        exports: 'MongooseInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.46.1', '>=5.9.7 <9'], 'sdk-2': ['0.69.0', '>=5.9.7 <10'], 'sdk-3': ['0.70.0', '>=5.9.7 <10'] },
      },
    ],
  },
  { name: '@fastify/mongodb', role: 'database', spans: [], loads: ['mongodb'], over: ['mongodb'] },
  { name: 'mongoist', role: 'database', spans: [], loads: ['mongodb'], over: ['mongodb'] },
  { name: 'mongojs', role: 'database', spans: [], loads: ['mongodb'], over: ['mongodb'] },
  { name: 'monk', role: 'database', spans: [], loads: ['mongodb'], over: ['mongodb'] },
];

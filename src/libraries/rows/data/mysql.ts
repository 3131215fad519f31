import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'mysql',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-mysql',
        exports: 'MySQLInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.45.1', '>=2.0.0 <3'], 'sdk-2': ['0.69.1', '>=2.0.0 <3'], 'sdk-3': ['0.70.0', '>=2.0.0 <3'] },
      },
    ],
  },
  {
    name: 'mysql2',
    role: 'database',
    publishes: { versions: '>=3.24', names: ['mysql2:query', 'mysql2:execute', 'mysql2:connect', 'mysql2:pool:connect'] },
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-mysql2',
        exports: 'MySQL2Instrumentation',
        cohorts: { 'sdk-1': ['0.45.2', '>=1.4.2 <4'], 'sdk-2': ['0.69.0', '>=1.4.2 <4'], 'sdk-3': ['0.70.0', '>=1.4.2 <4'] },
      },
    ],
  },
  { name: '@fastify/mysql', role: 'database', spans: [], loads: ['mysql2'], over: ['mysql2'] },
];

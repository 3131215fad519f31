import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'pg',
    role: 'database',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-pg',
        exports: 'PgInstrumentation',
        declares: '@types/pg',
        cohorts: { 'sdk-1': ['0.51.1', '>=8.0.3 <9'], 'sdk-2': ['0.76.0', '>=8.0.3 <9'], 'sdk-3': ['0.77.0', '>=8.0.3 <9'] },
      },
    ],
  },
  { name: '@fastify/postgres', role: 'database', spans: [], over: ['pg'] },
  { name: 'massive', role: 'database', spans: [], loads: ['pg-promise'], over: ['pg-promise', 'pg'] },
  { name: 'pg-promise', role: 'database', spans: [], loads: ['pg'], over: ['pg'] },
  { name: 'postgres', role: 'database', spans: [], dark: 'It speaks to the database itself, not through pg.' },
  { name: 'slonik', role: 'database', spans: [], loads: ['pg'], over: ['pg'] },
];

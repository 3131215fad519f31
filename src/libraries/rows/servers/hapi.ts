import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: '@hapi/hapi',
    role: 'server',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-hapi',
        exports: 'HapiInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.45.2', '>=17.0.0 <22'], 'sdk-2': ['0.69.0', '>=17.0.0 <22'], 'sdk-3': ['0.70.0', '>=17.0.0 <22'] },
      },
      { by: 'middleware', versions: '>=18 <22' },
    ],
    routes: 'unread',
  },
  { name: 'hapi', role: 'server', spans: [], routes: 'unread' },
  { name: '@hapi/glue', role: 'server', spans: [], loads: ['@hapi/hapi'], over: ['@hapi/hapi'] },
  { name: 'glue', role: 'server', spans: [], over: ['hapi'] },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'restify',
    role: 'server',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-restify',
        exports: 'RestifyInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.45.1', '>=4.1.0 <12'], 'sdk-2': ['0.68.0', '>=4.1.0 <13'], 'sdk-3': ['0.69.0', '>=4.1.0 <13'] },
      },
      { by: 'middleware', versions: '>=8 <12' },
    ],
    routes: 'unread',
    makesRouters: ['createServer'],
  },
];

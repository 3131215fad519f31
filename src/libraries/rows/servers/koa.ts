import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'koa',
    role: 'server',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-koa',
        exports: 'KoaInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.47.1', '>=2.0.0 <3'], 'sdk-2': ['0.71.0', '>=2.0.0 <4'], 'sdk-3': ['0.72.0', '>=2.0.0 <4'] },
      },
      { by: 'middleware', versions: '>=2 <4' },
    ],
    routes: 'unread',
    handlers: 'body',
    variables: ['koa', 'koaApp'],
  },
  { name: '@koa/router', role: 'router', spans: [], over: ['koa'], makesRouters: ['', 'Router'] },
  { name: 'koa-router', role: 'router', spans: [], over: ['koa'], makesRouters: ['', 'Router'] },
  { name: 'koa-mount', role: 'router', spans: [], over: ['koa'] },
  { name: '@feathersjs/koa', role: 'server', spans: [{ by: 'middleware', versions: '>=5 <6' }], routes: 'unread' },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'fastify',
    role: 'server',
    spans: [{ by: 'middleware', versions: '>=3.22 <6', bundled: true }],
    routes: 'unread',
    loads: ['pino'],
    publishes: { versions: '>=3.22', names: ['fastify.initialization', 'tracing:fastify.request.handler (>=5.3)'] },
    startedBy: 'fastify-cli',
    makesRouters: ['', 'fastify'],
    handlers: 'returned',
    variables: ['fastify'],
  },
  {
    name: '@nestjs/platform-fastify',
    role: 'server',
    spans: [{ by: 'middleware', versions: '>=8 <13', bundled: true }],
    routes: 'unread',
  },
];

import type { Library } from '../../library.ts';

const next =
  'Register @fastify/otel as the first plugin: fastify.register(new FastifyOtelInstrumentation().plugin()); it names spans by route.';

export const libraries: readonly Library[] = [
  {
    name: 'fastify',
    role: 'server',
    spans: [{ by: 'plugin', name: '@fastify/otel', versions: '>=4', next }],
    routes: 'unread',
    loads: ['pino'],
    publishes: { versions: '>=5.3', names: ['fastify.initialization', 'tracing:fastify.request.handler'] },
    startedBy: 'fastify-cli',
    variables: ['fastify'],
  },
  {
    name: '@nestjs/platform-fastify',
    role: 'server',
    spans: [{ by: 'plugin', name: '@fastify/otel', versions: '>=9', next }],
    routes: 'unread',
  },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'hono',
    role: 'server',
    spans: [{ by: 'codemod', id: 'hono-tracing', versions: '>=4 <5' }],
    makesRouters: ['Hono'],
    handlers: 'context',
  },
  { name: '@hono/zod-openapi', role: 'router', spans: [], over: ['hono'], makesRouters: ['OpenAPIHono'] },
  { name: '@hono/node-server', role: 'server', spans: [], over: ['hono'] },
];

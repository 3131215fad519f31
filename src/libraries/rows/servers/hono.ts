import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'hono', role: 'server', spans: [], over: ['@hono/node-server'] },
  { name: '@hono/node-server', role: 'server', spans: [], routes: 'unread' },
];

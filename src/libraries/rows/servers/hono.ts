import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'hono', role: 'server', spans: [] },
  { name: '@hono/node-server', role: 'server', spans: [], routes: 'unread' },
];

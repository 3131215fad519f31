import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'moleculer-web', role: 'server', spans: [], routes: 'unread' },
  { name: 'sails', role: 'server', spans: [], routes: 'unread' },
  { name: 'total.js', role: 'server', spans: [], routes: 'unread' },
  { name: 'total4', role: 'server', spans: [], routes: 'unread' },
];

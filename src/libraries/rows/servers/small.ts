import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: '@tinyhttp/app', role: 'server', spans: [], routes: 'unread', makesRouters: ['App'] },
  { name: 'h3', role: 'server', spans: [], routes: 'unread' },
  { name: 'hyper-express', role: 'server', spans: [], routes: 'unread' },
  { name: 'micro', role: 'server', spans: [], routes: 'unread' },
  { name: 'polka', role: 'server', spans: [{ by: 'middleware', versions: '>=0.5.0 <0.6.0' }], routes: 'unread', makesRouters: [''] },
  { name: 'restana', role: 'server', spans: [], routes: 'unread', makesRouters: [''] },
  { name: 'uWebSockets.js', role: 'server', spans: [], routes: 'unread' },
  { name: 'connect-route', role: 'router', spans: [], routes: 'unread' },
  { name: 'find-my-way', role: 'router', spans: [], routes: 'unread' },
];

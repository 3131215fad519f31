import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'connect', role: 'server', spans: [{ by: 'middleware', versions: '>=3 <4' }], routes: 'unread', variables: ['connect'] },
];

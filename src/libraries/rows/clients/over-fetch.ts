import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'ky', role: 'client', spans: [{ by: 'transport', over: 'fetch' }] },
  { name: 'ky-universal', role: 'client', spans: [{ by: 'transport', over: 'fetch' }] },
  { name: 'ofetch', role: 'client', spans: [{ by: 'transport', over: 'fetch' }] },
];

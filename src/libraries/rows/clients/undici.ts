import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'undici',
    role: 'client',
    spans: [
      {
        by: 'transport',
        over: 'fetch',
        versions: '>=5.12',
        members: ['fetch', 'request', 'stream', 'pipeline', 'Client', 'Pool', 'Agent'],
      },
    ],
  },
];

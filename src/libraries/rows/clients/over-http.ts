import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'axios', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'bent', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'cross-fetch', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  {
    name: 'got',
    role: 'client',
    spans: [{ by: 'transport', over: 'http' }],
    publishes: { versions: '>=14.6', names: ['got:request:create', 'got:response:end'] },
  },
  { name: 'isomorphic-fetch', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'isomorphic-unfetch', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'make-fetch-happen', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'needle', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'node-fetch', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'phin', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'request', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'request-promise', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'request-promise-native', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'superagent', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'unirest', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: 'wreck', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
  { name: '@hapi/wreck', role: 'client', spans: [{ by: 'transport', over: 'http' }] },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'fetch-h2', role: 'client', spans: [{ by: 'transport', over: 'socket' }] },
  { name: 'http2-wrapper', role: 'client', spans: [{ by: 'transport', over: 'socket' }] },
  { name: 'node-libcurl', role: 'client', spans: [{ by: 'transport', over: 'socket' }] },
  { name: 'nodemailer', role: 'client', spans: [], dark: 'Mail goes over its own sockets, and nothing reports it.' },
  { name: 'ssh2', role: 'client', spans: [] },
  { name: 'ldapjs', role: 'client', spans: [] },
];

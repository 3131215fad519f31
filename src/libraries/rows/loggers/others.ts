import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'log4js', role: 'logger', spans: [] },
  { name: 'morgan', role: 'logger', spans: [] },
  { name: 'debug', role: 'logger', spans: [] },
  { name: 'loglevel', role: 'logger', spans: [] },
  { name: 'signale', role: 'logger', spans: [] },
  { name: 'consola', role: 'logger', spans: [] },
  { name: 'tracer', role: 'logger', spans: [] },
  { name: 'npmlog', role: 'logger', spans: [] },
  { name: 'roarr', role: 'logger', spans: [] },
  { name: 'tslog', role: 'logger', spans: [] },
];

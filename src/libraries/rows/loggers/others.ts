import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  { name: 'log4js', role: 'logger', spans: [{ by: 'middleware', versions: '>=6 <7', but: 'Not with layouts of the program.' }] },
  { name: 'morgan', role: 'logger', spans: [], dark: 'Its line is not sent: the record of the request says the same, with the trace.' },
  { name: 'debug', role: 'logger', spans: [{ by: 'middleware', versions: '>=3.2 <5' }] },
  { name: 'loglevel', role: 'logger', spans: [], dark: 'It writes by the console, and its lines are sent where those of the console are.' },
  { name: 'signale', role: 'logger', spans: [{ by: 'middleware', versions: '>=1.4 <2' }] },
  { name: 'consola', role: 'logger', spans: [{ by: 'middleware', versions: '>=3 <4', but: 'Not where ES modules import it.' }] },
  { name: 'tracer', role: 'logger', spans: [] },
  { name: 'npmlog', role: 'logger', spans: [] },
  { name: 'roarr', role: 'logger', spans: [] },
  { name: 'tslog', role: 'logger', spans: [] },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'pino',
    role: 'logger',
    publishes: { versions: '>=10', names: ['pino_asJson'] },
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-pino',
        exports: 'PinoInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-1': ['0.46.1', '>=5.14.0 <10'], 'sdk-2': ['0.69.0', '>=5.14.0 <11'], 'sdk-3': ['0.70.0', '>=5.14.0 <11'] },
      },
      { by: 'middleware', versions: '>=6 <11' },
    ],
  },
  { name: 'pino-http', role: 'logger', spans: [], loads: ['pino'], over: ['pino'] },
  { name: 'hapi-pino', role: 'logger', spans: [], loads: ['pino'], over: ['pino'] },
  { name: 'koa-pino-logger', role: 'logger', spans: [], loads: ['pino'], over: ['pino'] },
  { name: 'nestjs-pino', role: 'logger', spans: [], loads: ['pino-http'], over: ['pino', 'pino-http'] },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'socket.io',
    role: 'socket',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-socket.io',
        exports: 'SocketIoInstrumentation',
        cohorts: { 'sdk-1': ['0.46.1', '>=2 <5'], 'sdk-2': ['0.70.0', '>=2 <5'], 'sdk-3': ['0.71.0', '>=2 <5'] },
      },
    ],
  },
  { name: 'sockjs', role: 'socket', spans: [], dark: 'Its messages get no spans.' },
  { name: 'ws', role: 'socket', spans: [], dark: 'The upgrade is a request with a span; messages get none.' },
];

import type { Library } from '../../library.ts';

/** Frameworks that run on another one, which they load or are given. */
export const libraries: readonly Library[] = [
  {
    name: '@feathersjs/express',
    role: 'server',
    spans: [],
    loads: ['express'],
    over: ['express'],
    dark: 'Services are not named, only the paths that Express matches.',
  },
  { name: '@nestjs/microservices', role: 'rpc', spans: [], dark: 'Messages of its transports get no spans and carry no trace context.' },
  { name: '@nestjs/platform-express', role: 'server', spans: [], over: ['@nestjs/core'] },
  { name: '@trpc/server', role: 'rpc', spans: [], dark: 'Procedures are not named; each request is a span of the server below.' },
  {
    name: 'inversify-express-utils',
    role: 'server',
    spans: [],
    over: ['express'],
    dark: 'It makes the Express app itself, out of sight of the codemod.',
  },
  {
    name: 'routing-controllers',
    role: 'server',
    spans: [],
    over: ['express', 'koa'],
    dark: 'It makes the app itself unless it is given one.',
  },
  { name: 'tsoa', role: 'server', spans: [], over: ['express', 'koa', '@hapi/hapi'] },
];

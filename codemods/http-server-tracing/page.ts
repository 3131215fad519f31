import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'A plain node:http handler has no routes that anybody could read, so its server spans would be called GET or POST. The paths that it compares, or that its router was given, become the names.',
  notFor:
    'Frameworks that run on such a server (Express, Koa, Next.js): their handler is recognised and left alone. Paths that are computed stay unnamed.',
  example: 'wraps-a-handler-made-by-a-factory',
  provenBy: ['examples/plain-http/golden/books.json'],
};

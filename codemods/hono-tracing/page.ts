import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'Hono keeps what it matched to itself, and nothing of it can be seen from outside: its server spans would be called GET or POST.',
  notFor:
    'Hono on other platforms than Node.js, and programs that serve a fetch function of their own: the latter are named with what to do.',
  example: 'traces-the-app-that-is-served',
  provenBy: ['templates/hono-ts/.tracewright/golden/orders.json'],
};

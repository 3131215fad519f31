import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'Without it every server span of an Express app is called GET or POST, because Express tells nobody which route it has matched.',
  notFor:
    'Routers that name their routes themselves (router 2.3 and later): nothing is written. Apps that a wrapper creates out of sight need a call of traceExpress by hand.',
  example: 'traces-a-comma-first-var-list',
  provenBy: ['examples/legacy-express/golden/customers.json', 'examples/typescript-layers/golden/quotes.json'],
};

import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'One record for each request, with its route, status, duration and trace id, is what people search first, and no library has to be changed for it.',
  notFor: 'Services that must not send logs: leave it out with `--skip request-logs`.',
  example: 'logs-requests-in-commonjs',
  provenBy: ['examples/plain-http/golden/books.json'],
};

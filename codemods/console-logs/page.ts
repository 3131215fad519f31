import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'What a program writes with console is where errors are explained. As log records with trace ids the lines stand beside the request that wrote them.',
  notFor:
    'Programs whose logger sends records already (pino, winston, bunyan): it then has nothing to send. Console output itself never changes.',
  example: 'bridges-console-in-commonjs',
  provenBy: ['examples/legacy-express/golden/customers.json'],
};

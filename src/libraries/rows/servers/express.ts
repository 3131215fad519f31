import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'express',
    role: 'server',
    spans: [{ by: 'codemod', id: 'express-tracing', versions: '>=4 <6' }],
    publishes: { versions: '>=5', names: ['tracing:express.router.request'] },
    handlers: 'response',
    variables: ['express', 'expressApp'],
  },
];

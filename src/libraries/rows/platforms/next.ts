import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'next',
    role: 'server',
    spans: [],
    variables: ['nextHandler'],
    owns: { title: 'Next.js', next: 'Use the instrumentation hook of Next.js (instrumentation.ts) for now.' },
  },
];

import type { Library } from '../../library.ts';

export const libraries: readonly Library[] = [
  {
    name: 'openai',
    role: 'client',
    spans: [
      {
        by: 'instrumentation',
        name: '@opentelemetry/instrumentation-openai',
        exports: 'OpenAIInstrumentation',
        esm: 'hook',
        cohorts: { 'sdk-2': ['0.21.0', '>=4.19.0 <7'], 'sdk-3': ['0.22.0', '>=4.19.0 <7'] },
      },
    ],
  },
];

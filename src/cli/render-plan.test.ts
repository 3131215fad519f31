import { expect, test } from 'vitest';
import type { LibraryAnswer, Plan } from '../contract/index.ts';
import { openOutput } from './output.ts';
import { renderLibraries } from './render-plan.ts';

test('a library is one line, however many services use it in however many versions', () => {
  const evidence = { file: 'package.json', line: 1 };
  const pg: LibraryAnswer = { package: 'a', library: 'pg', version: '8.1.0', answer: 'traced', why: 'Its calls are traced.', evidence };
  const libraries = [
    pg,
    pg,
    ...['8.2.0', '8.3.0', '8.4.0'].map((version) => ({ ...pg, version })),
    { ...pg, library: 'knex', version: '3.0.0' },
  ];
  expect(renderLibraries({ libraries } as unknown as Plan, openOutput(false)).split('\n')).toEqual([
    'Libraries',
    '  traced  pg 8.1.0, 8.2.0 and 2 more  Its calls are traced.',
    '  traced  knex 3.0.0                  Its calls are traced.',
  ]);
});

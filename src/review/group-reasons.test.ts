import { expect, test } from 'vitest';
import { groupReasons } from './group-reasons.ts';

const reason = (why: string): { line: number; codemod: string; why: string } => ({ line: 1, codemod: 'one', why });

test('reasons that differ in a package name only are told once, and the names of all the others', () => {
  const whys = [
    'It needs @opentelemetry/api.',
    'It needs @opentelemetry/core.',
    'Something else.',
    'It needs @opentelemetry/api.',
    'It needs `pg-pool`.',
  ];
  expect(groupReasons(whys.map(reason)).map(({ text }) => text)).toEqual([
    'It needs @opentelemetry/api. The same for @opentelemetry/core, pg-pool.',
    'Something else.',
  ]);
});

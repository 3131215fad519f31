import { expect, test } from 'vitest';
import { groupReasons } from './group-reasons.ts';

const reason = (why: string): { line: number; codemod: string; why: string } => ({ line: 1, codemod: 'one', why });

test('reasons that differ in a package name only are told once, with their number', () => {
  const whys = ['It needs @opentelemetry/api.', 'It needs @opentelemetry/core.', 'Something else.', 'It needs @opentelemetry/api.'];
  expect(groupReasons(whys.map(reason)).map(({ text }) => text)).toEqual([
    'It needs @opentelemetry/api. (and 1 more like it)',
    'Something else.',
  ]);
});

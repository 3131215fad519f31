import { expect, test } from 'vitest';
import { forCommand, formatError } from './print-error.ts';

test('what a program said last stands in lines of its own', () => {
  const detail = "shop (`npm start`) ended with 1\nError: Cannot find module './x'\r\n    at index.js:2\n\n";
  expect(formatError('TW3003', 'The program ended', detail, 'Read it.')).toBe(
    "TW3003  The program ended: shop (`npm start`) ended with 1\n    Error: Cannot find module './x'\n        at index.js:2\n  next   Read it.",
  );
});

test('the help that a next step names is that of the command that was called', () => {
  const next = 'See how it is used with `tracewright <command> --help`.';
  expect(forCommand(next, ['verify', '--timeout', 'x'])).toBe('See how it is used with `tracewright verify --help`.');
  expect(forCommand(next, ['tasks', 'run', '--gate'])).toBe('See how it is used with `tracewright tasks run --help`.');
  expect(forCommand(next, ['verify', 'plan'])).toBe('See how it is used with `tracewright verify --help`.');
  expect(forCommand(next, ['--nonsense'])).toBe('See how it is used with `tracewright --help`.');
});

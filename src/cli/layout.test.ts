import { expect, test } from 'vitest';
import { columns, count, wrap } from './layout.ts';

test('the last column wraps under itself, colours do not move it', () => {
  const paint = (text: string): string => `<${text}>`;
  const rows = [
    [{ text: 'a', paint }, { text: 'one two three four five six seven' }],
    [{ text: 'bcd' }, { text: 'eight' }],
  ];
  expect(columns(rows, '  ', 31)).toBe('  <a    >one two three four five\n       six seven\n  bcd  eight');
});

test('a word that is too long stands alone', () => {
  expect(wrap('a veryveryverylong word', 8)).toEqual(['a', 'veryveryverylong', 'word']);
});

test('one file, two files', () => {
  expect([count(1, 'file'), count(2, 'file')]).toEqual(['1 file', '2 files']);
});

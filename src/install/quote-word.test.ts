import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteWord } from './quote-word.ts';

test.each([
  ['packages/web-1.0_a', 'packages/web-1.0_a'],
  ['my app é', "'my app é'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('%j is written %s', (word, written) => {
  expect(quoteWord(word)).toBe(written);
});

test.runIf(process.platform !== 'win32')('a shell reads every word back', () => {
  const words = ['my app é', "it's", 'a"b', '$HOME', '`id`', '~', '*', 'a\\b', 'a\nb', '#x', 'a;b', '', '!x'];
  const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(quoteWord).join(' ')}`], { encoding: 'utf8' });
  expect(printed.split('\0').slice(0, -1)).toEqual(words);
});

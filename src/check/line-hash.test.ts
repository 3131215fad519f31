import { expect, it } from 'vitest';
import { hashLines } from './line-hash.ts';

const ended = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
];

// The vectors of github/codeql-action.
it.each([
  ['', ['c129715d7a2bc9a3:1']],
  [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
  [' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', ended],
  [' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', ended],
  [' hello; \t\rworld!!!\r\r\r  \t\tGreetings\r End\r', ended],
])('gives the hashes GitHub gives: %j', (text, hashes) => {
  expect([...hashLines(text)]).toEqual(hashes.map((hash, index) => [index + 1, hash]));
});

it('keeps the hash of a line that moved, and tells equal lines apart', () => {
  const rest = `${'x = 1;\n'.repeat(40)}`;
  expect(hashLines(`// new\n\nfind me\n${rest}`).get(3)).toBe(hashLines(`find me\n${rest}`).get(1));
  expect(new Set(hashLines('same\n'.repeat(60)).values()).size).toBe(61);
});

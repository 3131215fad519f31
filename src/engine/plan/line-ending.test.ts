import { describe, expect, it } from 'vitest';
import { lineEndingAt, lineEndingOf, withLineEnding } from './line-ending.ts';

describe('line endings', () => {
  it.each([
    ['a\nb\n', '\n'],
    ['a\r\nb\r\n', '\r\n'],
    ['a\r\nb\r\nc\n', '\r\n'],
    ['a\r\nb\n', '\n'],
    ['', '\n'],
    ['a', '\n'],
    ['\n', '\n'],
  ] as const)('of %j are %j', (text, ending) => {
    expect(lineEndingOf(text)).toBe(ending);
  });

  it.each([
    ['a\r\nb\nc\r\n', 1, '\r\n'],
    ['a\r\nb\nc\r\n', 3, '\r\n'],
    ['a\r\nb\nc\r\n', 4, '\n'],
    ['a\r\nb\nc\r\n', 5, '\n'],
    ['a\nb\r\nc\r\nd', 0, '\n'],
    ['a\nb\r\nc\r\nd', 9, '\r\n'],
    ['a', 1, '\n'],
    ['', 0, '\n'],
  ] as const)('of what is written into %j at %i are those of its neighbour', (text, offset, ending) => {
    expect(lineEndingAt(text, offset)).toBe(ending);
  });

  it('are replaced, never doubled', () => {
    expect(withLineEnding('a\nb\r\nc', '\r\n')).toBe('a\r\nb\r\nc');
    expect(withLineEnding('a\nb\r\nc', '\n')).toBe('a\nb\nc');
  });
});

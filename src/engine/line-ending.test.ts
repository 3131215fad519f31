import { describe, expect, it } from 'vitest';
import { lineEndingOf, withLineEnding } from './line-ending.ts';

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

  it('are replaced, never doubled', () => {
    expect(withLineEnding('a\nb\r\nc', '\r\n')).toBe('a\r\nb\r\nc');
    expect(withLineEnding('a\nb\r\nc', '\n')).toBe('a\nb\nc');
  });
});

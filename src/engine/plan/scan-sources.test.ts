import { describe, expect, it } from 'vitest';
import { scanSources } from './scan-sources.ts';

describe('scanSources', () => {
  it('reads nothing before it is asked, each source once, and no other file', () => {
    const reads: string[] = [];
    const read = (file: string): string => {
      reads.push(file);
      return `text of ${file}`;
    };
    const scan = scanSources(['a.js', 'b.ts', 'c.md', 'third_party/d.js'], read, ['a.js', 'b.ts']);
    expect(reads).toEqual([]);
    expect(scan.mentioning(['a.js'])).toEqual(['a.js']);
    expect(scan.mentioning(['b.ts'])).toEqual(['b.ts']);
    expect(scan.mentioning(['text', 'not foreseen'])).toEqual(['a.js', 'b.ts']);
    expect(reads).toEqual(['a.js', 'b.ts']);
    expect(scan.kept('a.js')).toBe('text of a.js');
  });
});

import { describe, expect, it } from 'vitest';
import { endApp } from './drive.ts';

describe('spans that end in one tick', () => {
  it('are all sent when they are 3,000', async () => {
    const { spans, logs } = await endApp('burst.cjs', { SPANS: '3000' });
    expect([spans.length, logs.map(({ event }) => event)]).toEqual([3000, ['tracewright.start', 'tracewright.stop']]);
  });

  it('are counted where there is no room for them, once in words and as a number at the end', async () => {
    const { spans, logs, stderr } = await endApp('burst.cjs', { SPANS: '20000' });
    const notes = logs.filter(({ event }) => event === 'tracewright.drop');
    const stop = logs.find(({ event }) => event === 'tracewright.stop');
    const dropped = Number(stop?.attributes['tracewright.dropped_spans']);
    expect([notes.length, dropped + spans.length]).toEqual([1, 20000]);
    expect(dropped).toBeGreaterThan(0);
    // The start line, and this.
    expect(stderr.trim().split('\n').length).toBe(2);
    expect(stderr.match(/some of it is dropped/g)?.length).toBe(1);
  });
});

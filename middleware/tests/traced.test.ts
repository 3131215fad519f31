import { describe, expect, it } from 'vitest';
import { endApp } from './drive.ts';

describe('traced and the carriers', () => {
  it('keep what the function is and put a span around every kind of call', async () => {
    const ended = await endApp('traced.cjs');
    expect(ended.stderr.split('\n').slice(1).join('\n')).toBe('');
    expect(ended.code).toBe(0);
    const parentName = (id: string): string => ended.spans.find((span) => span.spanId === id)?.name ?? '';
    const found = ended.spans.map((span) => [span.name, span.status, parentName(span.parentSpanId), span.events.length]);
    expect(found.sort()).toEqual(
      [
        ['async', 'UNSET', '', 0],
        ['async inner', 'UNSET', 'async', 0],
        ['async-fails', 'ERROR', '', 1],
        ['bound inner', 'UNSET', 'bound', 0],
        ['bound', 'UNSET', '', 0],
        ['callback', 'UNSET', '', 0],
        ['callback-fails', 'ERROR', '', 1],
        ['carried', 'UNSET', 'sender', 0],
        ['generator', 'UNSET', '', 0],
        ['generator inner', 'UNSET', 'generator', 0],
        ['async-generator', 'UNSET', '', 0],
        ['early', 'UNSET', '', 0],
        ['sender', 'UNSET', '', 0],
        ['batch', 'UNSET', '', 0],
        ['odd', 'UNSET', '', 0],
        ['odd', 'UNSET', '', 0],
        ['odd', 'UNSET', '', 0],
        ['odd', 'UNSET', '', 0],
        ['other', 'UNSET', '', 0],
        ['sync', 'UNSET', '', 0],
        ['sync-fails', 'ERROR', '', 1],
      ].sort(),
    );
    const spans = Object.fromEntries(ended.spans.map((span) => [span.name, span]));
    expect([spans['batch']?.kind, spans['batch']?.attributes['messaging.batch.message_count']]).toEqual(['CONSUMER', 3]);
    expect(spans['batch']?.links.map(({ spanId }) => spanId)).toEqual([spans['sender']?.spanId, spans['other']?.spanId]);
    expect(spans['odd']?.kind).toBe('INTERNAL');
  });

  it('do nothing without a running SDK', async () => {
    const ended = await endApp('traced.cjs', { TRACED: '0' });
    expect([ended.code, ended.stderr, ended.spans.length]).toEqual([0, '', 0]);
  });
});

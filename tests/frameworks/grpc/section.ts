import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpanRecord } from '../../../src/trace/index.ts';
import type { Driven } from '../drive-cell.ts';
import { logOf } from '../read-cell.ts';
import type { Section } from '../section.ts';
import { askAll, traceOf } from './ask.ts';
import { grpcCells } from './cells.ts';

export const grpcSection: Section = {
  about: readFileSync(join(import.meta.dirname, 'about.md'), 'utf8'),
  columns: [
    'Unary',
    'Thrown',
    'Error in a callback',
    'NOT_FOUND',
    'Deadline',
    'Given up',
    'Server streams',
    'Client streams',
    'Both stream',
    'Unknown method',
    'Calls on',
    'Log line',
  ],
  cells: grpcCells,
  ask: (_cell, port) => askAll(port),
  read: (driven) => Object.values(toldOf(driven)),
  tell: (driven) => ({ ...toldOf(driven), ends: driven.end }),
};

function toldOf({ received }: Driven): Readonly<Record<string, string>> {
  const of = (name: string): readonly SpanRecord[] => received.spans.filter(({ traceId }) => traceId === traceOf(name));
  const call = (name: string): string => servers(of(name)).map(tell).join(', ') || 'no span';
  const chain = [...of('relay')].sort((a, b) => (a.kind < b.kind ? -1 : 1)).map(({ kind, name }) => `${kind} \`${name}\``);
  const own = received.logs.filter(({ traceId }) => traceId === traceOf('unary') || traceId === '');
  return {
    unary: call('unary'),
    thrown: call('thrown'),
    failed: call('failed'),
    missing: call('missing'),
    late: call('late'),
    cancelled: call('cancelled'),
    list: call('list'),
    add: call('add'),
    talk: call('talk'),
    unknown: call('unknown'),
    relay: chain.join(', '),
    'log line': logOf({ ...received, logs: own }, traceOf('unary')),
  };
}

function servers(spans: readonly SpanRecord[]): readonly SpanRecord[] {
  return spans.filter(({ kind }) => kind === 'SERVER');
}

function tell({ name, status, attributes, events }: SpanRecord): string {
  const exceptions = events.filter((event) => event.name === 'exception').map((event) => `${event.attributes['exception.type']}`);
  const told = [`\`${name}\``, String(attributes['rpc.grpc.status_code'] ?? 'no status'), ...(status === 'ERROR' ? ['ERROR'] : [])];
  return [...told, ...exceptions.map((one) => `\`${one}\``)].join(' ');
}

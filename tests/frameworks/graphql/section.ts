import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpanRecord } from '../../../src/trace/index.ts';
import type { Driven } from '../drive-cell.ts';
import { logOf, seenOf } from '../read-cell.ts';
import { failed, named } from '../render-cell.ts';
import type { Answers, Section } from '../section.ts';
import { graphqlCells } from './cells.ts';

const book = 'query Book($id: ID) { book(id: $id) { id } }';

/** Each request brings a trace id of its own, by which it is known. */
const asked: readonly (readonly [name: string, query: string, variables: object])[] = [
  ['operation', 'query Book($id: ID) { book(id: $id) { id title } }', { id: '7' }],
  ['fails', 'query Broken { broken }', {}],
  ['wrong', 'query Wrong { missing }', {}],
  ['again 1', book.replace(/\bid \}/, 'title }'), { id: '1' }],
  ['again 2', book.replace(/\bid \}/, 'title }'), { id: '2' }],
  ['again 3', book.replace(/\bid \}/, 'title }'), { id: '3' }],
  ['again', book.replace(/\bid \}/, 'title }'), { id: '4' }],
];

export const graphqlSection: Section = {
  about: readFileSync(join(import.meta.dirname, 'about.md'), 'utf8'),
  columns: ['Operation', 'Fourth time', 'Error in a resolver', 'Wrong query', 'Spans below', 'Log line'],
  cells: graphqlCells,
  ask: (_cell, port) => askAll(port),
  read: (driven) => Object.values(toldOf(driven)),
  tell: (driven) => ({ ...toldOf(driven), ends: driven.end }),
};

async function askAll(port: number): Promise<Answers> {
  const statuses: Record<string, number> = {};
  for (const [name, query, variables] of asked) {
    const body = JSON.stringify({ query, variables });
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        connection: 'close',
        traceparent: `00-${traceOf(name)}-00f067aa0ba902b7-01`,
      },
      body,
    });
    await answer.text();
    statuses[name] = answer.status;
  }
  return statuses;
}

function traceOf(name: string): string {
  return String(asked.findIndex(([one]) => one === name) + 1).padStart(32, '0');
}

function toldOf({ received, answers }: Driven): Readonly<Record<string, string>> {
  const spans = received.spans.filter(({ kind }) => kind === 'SERVER');
  const of = (name: string): SpanRecord | undefined => spans.find(({ traceId }) => traceId === traceOf(name));
  const seen = (name: string) =>
    seenOf(
      [of(name)].flatMap((span) => span ?? []),
      Number(answers[name]),
    );
  const below = received.spans.filter(({ traceId, kind }) => traceId === traceOf('operation') && kind !== 'SERVER');
  const wrong = seen('wrong');
  return {
    operation: `${named(seen('operation'))} ${operationOf(of('operation'))}`,
    again: `${named(seen('again'))} ${operationOf(of('again'))}`,
    fails: `${failed(seen('fails'))} (${answers['fails']})`,
    wrong: `${named(wrong)}${wrong.failed ? ' ERROR' : ''} (${answers['wrong']})`,
    'spans below': below.map(({ name }) => `\`${name}\``).join(', ') || 'none',
    // Five requests ask for a book, each in a trace of its own.
    'log line': logOf(
      { ...received, logs: received.logs.filter(({ traceId }) => traceId === traceOf('operation') || traceId === '') },
      traceOf('operation'),
    ),
  };
}

function operationOf(span: SpanRecord | undefined): string {
  const [type, name] = ['type', 'name'].map((key) => span?.attributes[`graphql.operation.${key}`]);
  return type === undefined ? '' : `\`${type} ${name ?? ''}\``;
}

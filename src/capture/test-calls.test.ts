import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRepo } from '../verify/fixtures/test-repo.ts';
import { readNotes } from './test-calls.ts';
import { whyNothing } from './why-nothing.ts';

const inTest = { file: 'a.test.js', test: ['a'], method: 'GET', path: '/', traceId: 't', spanId: 's' };

it('reads what every process noted, with paths of the repository, and forgives half a line', () => {
  const root = makeRepo({}, 'none');
  const call = { ...inTest, file: join(root, 'test/a.js') };
  const notes = makeRepo(
    {
      '2.jsonl': `${JSON.stringify(call)}\n{"answered":"t"}\n{"file":"x`,
      '1.jsonl': '{"runner":"ava"}\n{"runner":"ava"}\n',
      'other.txt': 'x',
    },
    'none',
  );
  expect(readNotes(notes, root)).toEqual({ calls: [{ ...call, file: 'test/a.js' }], answeredInside: new Set(['t']), runners: ['ava'] });
});

const none = { calls: [], answeredInside: new Set<string>(), runners: [] };
const nothing = { spans: [], problems: [] };

it.each([
  ['nothing at all', none, nothing, /^`npm test`: 0 spans arrived$/, /supported test runner/],
  ['a runner that tells nothing', { ...none, runners: ['ava'] }, nothing, /not grouped by test, because ava does not tell/, /^Use Vitest/],
  ['requests before all tests only', { ...none, calls: [{ ...inTest, test: [] }] }, nothing, /every request was sent outside a test/, /./],
  ['a program without tracing', { ...none, calls: [inTest] }, nothing, /none for the 1 request of tests/, /^Load tracing/],
  [
    'an app inside the test process',
    { ...none, calls: [inTest], answeredInside: new Set(['t']) },
    nothing,
    /1 of 1 request were answered inside the test process/,
    /program of its own/,
  ],
  [
    'a wrong protocol',
    none,
    { spans: [], problems: ['This is gRPC on an HTTP port'] },
    /could not be read: This is gRPC on an HTTP port/,
    /^Send OTLP over HTTP/,
  ],
] as const)('says why no trace belongs to a test: %s', (_what, notes, received, detail, next) => {
  const error = whyNothing('npm test', notes, received);
  expect(error.code).toBe('TW3031');
  expect(error.detail).toMatch(detail);
  expect(error.next).toMatch(next);
});

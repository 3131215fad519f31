import { expect, it } from 'vitest';
import { makeFolder } from '../../tests/harness/run-cli.ts';
import type { Plan, Route } from '../contract/index.ts';
import { report, span } from './fixtures/test-report.ts';
import { drawUpLedger } from './ledger.ts';
import { readLedgerSources } from './read-ledger-sources.ts';

const route = (method: string, path: string): Route => ({ service: 'shop', method, path, evidence: { file: 'a.js', line: 3 } });

const plan: Plan = {
  tool: { name: 'tracewright', version: '1.0.0' },
  options: { only: [], skip: [] },
  codemods: [
    { id: 'a', status: 'satisfied', why: 'Done.' },
    { id: 'b', status: 'unsupported', why: 'No server.', next: 'Nothing to do.' },
    { id: 'c', status: 'applies', edits: [], tasks: [{ file: 'w.js', line: 4, why: 'A queue.', next: 'Pass it on.' }], expects: [] },
  ],
  files: [],
  routes: [],
  libraries: [],
  problems: [{ code: 'TW1010', detail: 'old Node', evidence: { file: 'package.json', line: 1 } }],
  inputs: {},
  hash: '',
};

it('says of each site whether a span was seen, and why not', () => {
  const verify = report([
    span('1', '', { attributes: { 'http.route': '/users/:id', 'http.request.method': 'GET' } }),
    span('2', '1', { attributes: { 'http.route': '/other', 'http.request.method': 'GET' }, name: 'GET /other' }),
  ]);
  const asked = { ...verify, requests: [...verify.requests, { scenario: 's', service: 'shop', request: 'POST /orders/7?x=1' }] };
  const ledger = drawUpLedger(asked, {
    routes: [route('GET', '/users/:id'), route('get', '/users/:id'), route('POST', '/orders/:id'), route('GET', '/never')],
    expectations: [
      {
        codemod: 'x',
        expects: [
          { kind: 'SERVER', name: '^GET', why: 'w' },
          { kind: 'CLIENT', name: '^GET', why: 'w' },
        ],
      },
    ],
    tasks: [
      { codemod: 'a', file: 'pool.js', line: 9, why: 'A pool.', next: 'Bind it.' },
      { codemod: 'a', file: 'pool.js', line: 9, why: 'A pool.', next: 'Bind it.' },
      { codemod: 'c', file: 'w.js', line: 2, why: 'A queue.', next: 'Pass it on.' },
    ],
    plan,
  });
  expect(ledger.map(({ state, site, place, why }) => [state, site, place, why])).toEqual([
    ['seen', 'GET /users/:id', 'a.js:3', 'A SERVER span carries this route.'],
    ['unseen', 'POST /orders/:id', 'a.js:3', 'A request asked for it, and no span carries it.'],
    ['unasked', 'GET /never', 'a.js:3', 'No request of this run asked for it.'],
    ['seen', 'GET /other', undefined, 'A SERVER span carries this route.'],
    ['seen', 'SERVER span matching ^GET', undefined, 'w'],
    ['unseen', 'CLIENT span matching ^GET', undefined, 'w'],
    ['task', 'A pool.', 'pool.js:9', 'Was left to a person when it was applied.'],
    ['placed', 'a', undefined, 'Done.'],
    ['absent', 'b', undefined, 'No server.'],
    ['task', 'A queue.', 'w.js:4', 'Left to a person.'],
    ['refused', 'old Node', 'package.json:1', 'Left alone.'],
  ]);
});

it('reads the tasks of the receipt, whatever else the file holds', async () => {
  const task = { codemod: 'queue-context', file: 'w.js', line: 4, why: 'A queue.', next: 'Pass it on.' };
  const receipt = { format: 1, applied: [{ codemods: ['queue-context'], tasks: [task, { file: 'w.js' }, 'x'] }, { codemods: [] }] };
  const root = makeFolder({ 'package.json': '{}', '.tracewright/receipt.json': JSON.stringify(receipt) });
  const ledger = drawUpLedger(report([]), await readLedgerSources(root));
  expect(ledger).toContainEqual({
    site: 'A queue.',
    place: 'w.js:4',
    source: 'queue-context',
    state: 'task',
    why: 'Was left to a person when it was applied.',
    next: 'Pass it on.',
  });
});

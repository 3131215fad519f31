import { expect, it } from 'vitest';
import { TracewrightError } from '../contract/index.ts';
import { parseGolden } from './golden.ts';
import { doubtfulPatterns } from './golden-fault.ts';

const span = { service: 'shop', kind: 'SERVER', name: 'GET /', scope: 'x' };
const whole = { version: 1, scenario: 'default', traces: [{ request: 'GET /', spans: [span] }] };
const text = JSON.stringify(whole, undefined, 2);

function withSpan(more: object): string {
  return JSON.stringify({ ...whole, traces: [{ request: 'GET /', spans: [{ ...span, ...more }] }] });
}

function complaint(source: string): string {
  try {
    parseGolden(source, 'f.json');
  } catch (error) {
    if (error instanceof TracewrightError) return `${error.code} ${error.detail}`;
    throw error;
  }
  return 'accepted';
}

it.each<[string, string, string]>([
  ['empty', '', 'it is empty'],
  ['a merge conflict', `<<<<<<< HEAD\n${text}`, 'it holds the marks of a merge conflict'],
  ['a comma too much', text.replace('"x"\n', '"x",\n'), 'it is not JSON, see line 13'],
  ['null', 'null', 'it is not an object'],
  ['another version', JSON.stringify({ ...whole, version: 2 }), 'its "version" is not 1'],
  ['no traces', '{"version":1,"scenario":"x"}', 'it has no "traces"'],
  ['an unknown key', JSON.stringify({ ...whole, trace: [] }), 'it has the unknown key "trace"; did you mean "traces"?'],
  [
    'an unknown key of a span',
    withSpan({ atributes: {} }),
    'traces[0].spans[0] has the unknown key "atributes"; did you mean "attributes"?',
  ],
  ['a span without a kind', withSpan({ kind: undefined }), 'traces[0].spans[0] has no "kind"'],
  [
    'no kind',
    withSpan({ kind: 'SERVR' }),
    'traces[0].spans[0].kind is not one of INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER, UNSPECIFIED; did you mean "SERVER"?',
  ],
  ['no status', withSpan({ status: 'BAD' }), 'traces[0].spans[0].status is not one of OK, ERROR'],
  ['children that are none', withSpan({ children: null }), 'traces[0].spans[0].children is not a list'],
  ['a child that is none', withSpan({ children: [{ service: 'x' }] }), 'traces[0].spans[0].children[0] has no "kind"'],
  ['events of text', withSpan({ events: ['x'] }), 'traces[0].spans[0].events[0] is not an object'],
  ['links of objects', withSpan({ links: [{}] }), 'traces[0].spans[0].links[0] is not text'],
  ['logs of numbers', withSpan({ logs: [1] }), 'traces[0].spans[0].logs[0] is not text'],
  ['orphan in words', withSpan({ orphan: 'yes' }), 'traces[0].spans[0].orphan is not true'],
  ['an unknown edge', withSpan({ edge: 'parent' }), 'traces[0].spans[0].edge is not "ancestor"'],
  ['a negative count', withSpan({ count: -1 }), 'traces[0].spans[0].count is neither a whole number nor a range such as <..5>'],
  ['a count with a typing error', withSpan({ count: '<..x>' }), 'traces[0].spans[0].count is neither'],
  [
    'a range upside down',
    withSpan({ attributes: { code: '<299..200>' } }),
    'traces[0].spans[0].attributes.code holds <299..200>, which no number fits',
  ],
])('%s is refused with the place', (_what, source, says) => {
  expect(complaint(source)).toContain(`TW3050 f.json: ${says}`);
});

it('children without end are refused', () => {
  const deep = `${`{"service":"a","kind":"SERVER","name":"b","scope":"c","children":[`.repeat(5_000)}${']}'.repeat(5_000)}`;
  expect(complaint(`{"version":1,"scenario":"x","traces":[{"request":"GET /","spans":[${deep}]}]}`)).toContain('more than 200 levels');
});

it('a byte order mark and CRLF are no fault', () => {
  expect(complaint(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toBe('accepted');
});

it('names text that was probably meant as a pattern, and leaves names of functions alone', () => {
  const source = withSpan({
    name: 'job <uuidd>',
    attributes: { a: '<200...299>', b: '<200-299>', c: 'fn <anonymous>', d: '<..5> <number> <private>' },
  });
  expect(doubtfulPatterns(source)).toEqual([
    '<uuidd> is no pattern; did you mean <uuid>?',
    '<200...299> is no pattern; a range is written <1..3>',
    '<200-299> is no pattern; a range is written <1..3>',
  ]);
});

import { createHash } from 'node:crypto';
import { TracewrightError } from '../../contract/index.ts';
import { type Answer, DEFAULT_CAP, type Fault, forView, HARD_CAP, type Input, type NextCall, nextCall } from '../answer.ts';
import { lastFound } from '../background/continue-work.ts';
import { forTools } from '../fault.ts';
import { groupRows, type Row, rowsOf } from '../group-rows.ts';
import { capOf, textOf } from '../input.ts';
import { objectSchema, paging, root } from '../schema.ts';
import { showDraft } from '../show-draft.ts';
import { spanRows } from '../span-rows.ts';
import { steady } from '../steady.ts';
import { offsetOf, takePage } from '../take-page.ts';
import type { Call, Tool } from '../tool.ts';
import { stillRunning, workOn } from '../work-on.ts';
import type { VerifyFacts, VerifyOrder } from '../works/verify-migrated.ts';

const DETAILS = 8;

export const verify: Tool = {
  name: 'verify',
  title: 'Verify the traces',
  description:
    'Proves a migration: installs the packages that apply added and that are missing (with the repository\'s package manager, install scripts included), builds, starts the repository\'s own programs, sends the requests of tracewright.yaml or of the routes found, reads the spans and judges them. May answer done:false while it goes on: make the same call again. detail "traces" pages through the span trees.',
  inputSchema: objectSchema(
    {
      root,
      against: {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9_./@{}^~-]{0,199}$',
        description: 'Git revision to compare answers with.',
      },
      detail: { type: 'string', enum: ['summary', 'traces', 'waterfall'] },
      draft: {
        type: 'boolean',
        description: 'Start nothing: draft a tracewright.yaml from the routes and schemas in the code, and write it where there is none.',
      },
      record: { type: 'boolean', description: 'Keep the traces as golden traces in .tracewright/golden.' },
      timeout: { type: 'integer', minimum: 1, maximum: 900, description: 'Seconds a program may take to listen (default 30).' },
      scenario: { type: 'string', maxLength: 200, description: 'Only this scenario.' },
      ...paging,
    },
    ['root'],
  ),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  call: async (input, call) => {
    if (input['draft'] === true) return drafted(input, call);
    const against = textOf(input, 'against');
    const scenario = textOf(input, 'scenario');
    const seconds = input['timeout'];
    const order = {
      record: input['record'] === true,
      ...(typeof seconds === 'number' && { readyMs: seconds * 1000 }),
      ...(against === undefined ? {} : { against }),
      ...(scenario === undefined ? {} : { scenario }),
    };
    if (textOf(input, 'detail') === 'waterfall') return showLast(order, input, call);
    const isReading = textOf(input, 'cursor') !== undefined || textOf(input, 'detail') === 'traces';
    const work = await workOn('verify', order, call, isReading);
    const again = nextCall('verify', { ...input, root: call.root.name }, '');
    return work.status === 'running' ? stillRunning(work.doing, again) : showVerified(steady(work.found, call.root.path), input, call);
  },
};

async function drafted(input: Input, call: Call): Promise<Answer | Fault> {
  const work = await workOn('draft', {}, call);
  if (work.status === 'running') return stillRunning(work.doing, nextCall('verify', { ...input, root: call.root.name }, ''));
  const hash = createHash('sha256').update(work.found.text).digest('hex');
  return showDraft({ ...steady(work.found, call.root.path), text: work.found.text, hash }, input, call);
}

/** Spans with their times, for a view: of the last run, as nobody watching a page asked for another one. */
function showLast(order: VerifyOrder, input: Input, call: Call): Answer | Fault {
  const found = lastFound('verify', order, call.root.path);
  if (found === undefined) throw new TracewrightError('TW1096', call.root.name);
  const answer = showVerified(steady(found, call.root.path), input, call);
  const rows = answer['traces'];
  const at = offsetOf(textOf(input, 'cursor'), found.hash);
  return { ...answer, [forView]: { 'tracewright/times': found.times.slice(at, at + (Array.isArray(rows) ? rows.length : 0)) } };
}

function showVerified(facts: VerifyFacts, input: Input, call: Call): Answer | Fault {
  const { hash, ok } = facts;
  const isTraces = ['traces', 'waterfall'].includes(textOf(input, 'detail') ?? '');
  const cursor = textOf(input, 'cursor');
  const isReading = isTraces || cursor !== undefined;
  const head = { ...(ok || isTraces ? {} : faultOf(facts)), ok, ...(isReading ? {} : headOf(facts)) };
  const after = nextStep(facts, input, call);
  const room = Math.min(capOf(input, DEFAULT_CAP), HARD_CAP) - JSON.stringify({ head, after }).length - 300;
  const { items, nextCursor } = takePage(isTraces ? traceRows(facts) : summaryRows(facts), hash, offsetOf(cursor, hash), room);
  const lists = groupRows(items);
  const isDone = ok && !lacksRequests(facts);
  if (nextCursor === undefined) return { ...head, ...lists, done: isDone, next: after };
  const more = nextCall('verify', { ...input, root: call.root.name, cursor: nextCursor }, 'The next page.');
  return { ...head, ...lists, nextCursor, done: isDone && !isReading, next: isReading ? more : after };
}

function headOf({ verdict, installed, setup, spans, logs, notes }: VerifyFacts): Readonly<Record<string, unknown>> {
  return { verdict: verdict.text, installed, setup, spans, logs, ...(notes.length > 0 && { notes: notes.slice(0, DETAILS) }) };
}

function faultOf({ checks }: VerifyFacts): { readonly code: string; readonly message: string } {
  const failed = checks.filter(({ status }) => status === 'fail');
  return { code: failed[0]?.code ?? 'TW3014', message: failed.map(({ summary }) => summary).join('; ') };
}

/** Nobody named requests yet, and there are routes or programs that the derived ones do not reach: a draft does. */
function lacksRequests({ setup, checks, verdict }: VerifyFacts): boolean {
  const others = checks.filter(({ id, status }) => status === 'fail' && id !== 'code-reached' && id !== 'expected-spans');
  return setup === 'derived' && others.length === 0 && verdict.left.some(({ kind }) => kind === 'route' || kind === 'program');
}

function nextStep(facts: VerifyFacts, { cursor: _cursor, detail: _detail, ...input }: Input, call: Call): NextCall {
  const { ok, checks, golden, verdict } = facts;
  const again = { ...input, root: call.root.name };
  if (lacksRequests(facts)) {
    const why = `${verdict.left.length} places are not reached, because nobody named requests for them: this drafts them from the code.`;
    return nextCall('verify', { root: call.root.name, draft: true }, why);
  }
  const failed = checks.find(({ status }) => status === 'fail');
  if (failed !== undefined) return nextCall('verify', again, `${forTools(failed.next ?? 'Correct what failed.')} Then make this call.`);
  const said = `${verdict.text.charAt(0).toUpperCase()}${verdict.text.slice(1)}.`;
  if (!ok || golden.every(({ status }) => status !== 'missing'))
    return nextCall('status', { root: call.root.name }, `${said} Says where the repository stands.`);
  return nextCall('verify', { ...again, record: true }, `${said} This would keep the traces as golden traces, for CI.`);
}

function summaryRows({ checks, requests, golden, verdict }: VerifyFacts): readonly Row[] {
  const faults = checks.filter(({ status }) => status === 'fail' || status === 'warn');
  return [
    ...rowsOf(
      'checks',
      [...faults, ...checks.filter((check) => !faults.includes(check))].map(({ id, status, summary, details, next, code }) => ({
        id,
        status,
        summary,
        ...(details.length > 0 && { details: details.slice(0, DETAILS) }),
        ...(details.length > DETAILS && { more: details.length - DETAILS }),
        ...(code !== undefined && { code }),
        ...(next !== undefined && faults.some((fault) => fault.id === id) && { next: forTools(next) }),
      })),
    ),
    ...rowsOf(
      'left',
      verdict.left.map(({ site, place, why }) => ({ site, ...(place === undefined ? {} : { place }), why })),
    ),
    ...rowsOf(
      'requests',
      requests.map(({ scenario, service, request, status, error, spans }) => ({
        scenario,
        service,
        request,
        ...(status === undefined ? {} : { status }),
        ...(error === undefined ? {} : { error }),
        spans: spanRows(spans).length,
      })),
    ),
    ...rowsOf(
      'golden',
      golden.map(({ file, status }) => ({ file, status })),
    ),
  ];
}

/** Span trees, one row a span: a page may end inside a tree. */
function traceRows({ requests, other, golden }: VerifyFacts): readonly Row[] {
  const trees = requests.flatMap(({ spans, ...request }) => [request, ...spanRows(spans)]);
  const stray = other.flatMap((spans) => [{ request: 'none' }, ...spanRows(spans)]);
  return [...rowsOf('traces', [...trees, ...stray]), ...rowsOf('golden', golden)];
}

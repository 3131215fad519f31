import type { Answer } from '../../answer.ts';
import { joinPages } from '../plan-state.ts';
import { renderTracesView } from '../render-traces-view.ts';
import type { Times, TracesState, VerifyAnswer } from '../traces-state.ts';
import { isRefusal, lost, settledInput } from './answers.ts';
import { type Host, joinHost, type ToolReply } from './host.ts';
import { onPress, paint } from './paint.ts';

/** Tokens of one page: nobody pays for what only a view reads. */
const maxTokens = 8000;

/** Pages that are read; larger runs are cut, and say so. */
const PAGES = 20;

let state: TracesState = { input: {}, traces: [], times: [], golden: [], canCall: false };

function show(next: TracesState, words: Parameters<typeof paint>[1] = {}): void {
  state = next;
  paint(renderTracesView(state), words);
}

function isVerified(answer: Answer): answer is VerifyAnswer {
  return typeof answer['ok'] === 'boolean';
}

/** One page; what is refused is shown, and nothing comes back. */
async function read(host: Host, more: Readonly<Record<string, unknown>>, busy: string): Promise<ToolReply | undefined> {
  show({ ...state, busy }, { say: busy });
  const input = { ...state.input, ...more };
  const reply = await host
    .call('verify', input, (doing) => show({ ...state, busy: `${busy} ${doing} …` }))
    .catch((error): ToolReply => ({ answer: lost(error, 'verify', input), meta: {} }));
  const { busy: _busy, ...rest } = state;
  state = rest;
  if (isVerified(reply.answer) || !isRefusal(reply.answer)) return reply;
  show({ ...state, refusal: reply.answer }, { say: `${reply.answer.code} ${reply.answer.message}` });
  return undefined;
}

/** Reads the span trees of the run that was just judged. This starts nothing. */
async function readTraces(host: Host): Promise<void> {
  let cursor: string | undefined;
  const times: Times[] = [];
  let whole: VerifyAnswer | undefined;
  for (let page = 0; page < PAGES && (page === 0 || cursor !== undefined); page += 1) {
    const more = { detail: 'waterfall', maxTokens, ...(cursor !== undefined && { cursor }) };
    const reply = await read(host, more, 'Reading the traces …');
    if (reply === undefined || !isVerified(reply.answer)) return;
    whole = whole === undefined ? reply.answer : joinPages(whole, reply.answer);
    times.push(...((reply.meta['tracewright/times'] as readonly Times[] | undefined) ?? []));
    cursor = reply.answer.nextCursor;
  }
  const { traces = [], golden = state.golden } = whole ?? {};
  const say = state.summary?.ok ? 'Verified. The traces are shown.' : 'Not verified. The traces are shown.';
  show({ ...state, traces, times, golden, isCut: cursor !== undefined }, { say });
}

/** The rest of the summary, then the traces. */
async function showAll(host: Host, first: VerifyAnswer): Promise<void> {
  let summary = first;
  show({ ...state, summary, golden: summary.golden ?? [], traces: [], times: [] });
  for (let page = 1; host.canCall && page < PAGES && summary.nextCursor !== undefined; page += 1) {
    const reply = await read(host, { cursor: summary.nextCursor, maxTokens }, 'Reading the checks …');
    if (reply === undefined || !isVerified(reply.answer)) return;
    summary = joinPages(summary, reply.answer);
    show({ ...state, summary, golden: summary.golden ?? [] });
  }
  if (host.canCall) await readTraces(host);
}

async function verifyAgain(host: Host): Promise<void> {
  const { isAsking: _isAsking, refusal: _refusal, ...rest } = state;
  state = rest;
  const reply = await read(host, {}, 'Verifying …');
  if (reply === undefined || !isVerified(reply.answer)) return;
  await showAll(host, reply.answer);
  host.tell(`The person verified again in the Tracewright view: ${reply.answer.ok ? 'every check passed' : 'checks failed'}.`);
}

function receive(host: Host, answer: Answer): void {
  state = { ...state, input: settledInput(state.input, answer) };
  if (isVerified(answer)) void (answer.checks === undefined ? showRead(host, answer) : showAll(host, answer));
  else if (isRefusal(answer)) show({ ...state, refusal: answer });
  // Whoever asked for it makes the call that waits for its end, and gets a view of its own.
  else if (typeof answer['running'] === 'string') show({ ...state, busy: `Verifying: ${answer['running']} …` });
}

/** A page of traces was asked for: there are no checks in it. */
function showRead(host: Host, answer: VerifyAnswer): Promise<void> {
  state = { ...state, summary: answer };
  return host.canCall ? readTraces(host) : Promise.resolve(show({ ...state, traces: answer.traces ?? [], golden: answer.golden ?? [] }));
}

function act(host: Host, id: string): void {
  const { isAsking: _isAsking, ...rest } = state;
  if (id === 'verify') show({ ...state, isAsking: true }, { focus: 'verify-yes' });
  if (id === 'cancel') show(rest, { focus: 'verify' });
  if (id === 'verify-yes') void verifyAgain(host);
}

paint(renderTracesView(state));
await joinHost('tracewright-traces', {
  onJoined: (host) => {
    state = { ...state, canCall: host.canCall };
    onPress((id) => act(host, id));
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && state.isAsking) act(host, 'cancel');
    });
  },
  onInput: (input) => {
    state = { ...state, input };
  },
  onAnswer: receive,
  onCancelled: (reason) => show({ ...state, busy: `The call was cancelled. ${reason}` }),
});

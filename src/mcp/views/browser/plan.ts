import type { Answer, Input } from '../../answer.ts';
import type { HunkRow } from '../../works/review-plan.ts';
import { emptyPlan, joinPages, type Outcome, type PlanAnswer, type PlanState, type Refusal, shownPlan } from '../plan-state.ts';
import { renderPlan } from '../render-plan.ts';
import { isRefusal, lost, settledInput } from './answers.ts';
import { type Host, joinHost } from './host.ts';
import { onPress, paint } from './paint.ts';

/** Tokens of one page: nobody pays for what only a view reads. */
const maxTokens = 8000;

/** Pages of a plan that are read unasked. */
const PAGES = 20;

let state: PlanState = { ...emptyPlan, canCall: false };

function show(next: PlanState, words: Parameters<typeof paint>[1] = {}): void {
  state = next;
  paint(renderPlan(state), words);
}

/** Calls a tool; what it refuses is shown, and nothing comes back. */
async function call<A extends Answer>(host: Host, tool: string, input: Input, busy: string): Promise<A | undefined> {
  show({ ...state, busy }, { say: busy });
  const answer = await host
    .call(tool, input, (doing) => show({ ...state, busy: `${busy} ${doing} …` }))
    .then((reply) => reply.answer)
    .catch((error) => lost(error, tool, input));
  const { busy: _busy, ...rest } = state;
  if (!isRefusal(answer)) {
    state = rest;
    return answer as A;
  }
  show({ ...rest, refusal: answer }, { say: `${answer.code} ${answer.message}` });
  return undefined;
}

/** The pages of a plan after its first. */
async function readOn(host: Host, input: Input, first: PlanAnswer): Promise<PlanAnswer | undefined> {
  let whole = first;
  for (let page = 1; page < PAGES && whole.nextCursor !== undefined; page += 1) {
    const later = await call<PlanAnswer>(host, 'plan', { ...input, cursor: whole.nextCursor, maxTokens }, 'Reading the whole plan …');
    if (later === undefined) return undefined;
    whole = joinPages(whole, later);
  }
  return whole;
}

async function readPlan(host: Host, input: Input): Promise<PlanAnswer | undefined> {
  const first = await call<PlanAnswer>(host, 'plan', { ...input, maxTokens }, 'Planning …');
  return first && readOn(host, input, first);
}

/** The choice is planned anew, so that what is shown is what will be written. */
async function choose(host: Host, codemod: string, isIn: boolean): Promise<void> {
  const before = state;
  const skipped = isIn ? state.skipped.filter((id) => id !== codemod) : [...state.skipped, codemod].sort();
  state = { ...state, skipped };
  const given = Array.isArray(state.input['skip']) ? state.input['skip'] : [];
  const skip = [...given, ...skipped];
  const chosen = await readPlan(host, { ...state.input, ...(skip.length > 0 && { skip }) });
  if (chosen === undefined) {
    show({ ...before, ...(state.refusal && { refusal: state.refusal }) });
    return;
  }
  const { refusal: _refusal, ...rest } = state;
  const say = `${codemod} is ${isIn ? 'in' : 'left out'}: ${chosen.counts?.files ?? 0} files.`;
  show({ ...rest, chosen, hunks: [], hunksFrom: 'first' }, { say });
  if (before.hunks.length > 0) await readDiff(host);
}

async function readDiff(host: Host): Promise<void> {
  const { chosen, hunksFrom, hunks } = state;
  if (chosen === undefined || hunksFrom === undefined) return;
  const { planHash: _planHash, ...input } = chosen.next.arguments;
  const cursor = hunksFrom === 'first' ? {} : { cursor: hunksFrom };
  const answer = await call<PlanAnswer & { readonly hunks?: readonly HunkRow[] }>(
    host,
    'plan',
    { ...input, detail: 'diff', ...cursor, maxTokens },
    'Reading the diff …',
  );
  if (answer === undefined) return;
  if (answer.planHash !== chosen.planHash) return stale();
  const { hunksFrom: _from, ...rest } = state;
  const more = answer.nextCursor === undefined ? {} : { hunksFrom: answer.nextCursor };
  show({ ...rest, hunks: [...hunks, ...(answer.hunks ?? [])], ...more }, { focus: 'diff-title', say: 'The diff is shown.' });
}

function stale(): void {
  const message = 'The repository changed after it was planned.';
  const refusal: Refusal = {
    code: 'TW2001',
    message,
    done: false,
    next: { tool: 'plan', arguments: state.input, why: 'Plan again, then apply the new plan.' },
  };
  show({ ...state, refusal }, { say: message });
}

async function apply(host: Host): Promise<void> {
  const { asking: _asking, ...rest } = state;
  state = rest;
  const applied = await call<Outcome>(host, 'apply', state.chosen?.next.arguments ?? {}, 'Writing …');
  if (applied === undefined) return;
  show({ ...state, applied }, { focus: 'outcome', say: 'Applied.' });
  const skipped = state.skipped.length > 0 ? ` without ${state.skipped.join(', ')}` : '';
  host.tell(`The person applied the Tracewright plan in its view${skipped}. Next call: ${JSON.stringify(applied.next)}`);
}

async function undo(host: Host): Promise<void> {
  const { asking: _asking, ...rest } = state;
  state = rest;
  const undone = await call<Outcome>(host, 'undo', { root: state.input['root'] }, 'Putting back …');
  if (undone === undefined) return;
  show({ ...state, undone }, { focus: 'outcome', say: 'Everything is as it was.' });
  host.tell('The person undid the Tracewright plan in its view: the repository is as it was before.');
}

async function planAgain(host: Host): Promise<void> {
  const { refusal: _refusal, ...rest } = state;
  state = rest;
  const whole = await readPlan(host, state.input);
  if (whole !== undefined) show(shownPlan(state, whole), { say: 'Planned again.' });
}

function act(host: Host, id: string): void {
  const { asking, ...rest } = state;
  if (id === 'apply' || id === 'undo') show({ ...state, asking: id }, { focus: `${id}-yes` });
  if (id === 'cancel') show(rest, { focus: asking ?? 'apply' });
  if (id === 'apply-yes') void apply(host);
  if (id === 'undo-yes') void undo(host);
  if (id === 'again') void planAgain(host);
  if (id === 'diff') void readDiff(host);
}

async function receive(host: Host, answer: Answer): Promise<void> {
  state = { ...state, input: settledInput(state.input, answer) };
  if (isRefusal(answer)) return show({ ...state, refusal: answer });
  // Whoever asked for it makes the call that waits for its end, and gets a view of its own.
  if (typeof answer['running'] === 'string') return show({ ...state, busy: `Planning: ${answer['running']} …` });
  const first = answer as PlanAnswer;
  // A page or a diff was asked for: the view begins at the beginning.
  const whole = !host.canCall
    ? first
    : first.counts === undefined
      ? await readPlan(host, state.input)
      : await readOn(host, state.input, first);
  if (whole !== undefined) show(shownPlan(state, whole), { say: 'The plan is shown.' });
}

paint(renderPlan(state));
await joinHost('tracewright-plan', {
  onJoined: (host) => {
    state = { ...state, canCall: host.canCall };
    onPress((id) => act(host, id));
    document.addEventListener('change', ({ target }) => {
      const codemod = target instanceof HTMLInputElement ? target.dataset['codemod'] : undefined;
      if (codemod !== undefined && target instanceof HTMLInputElement) void choose(host, codemod, target.checked);
    });
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && state.asking !== undefined) act(host, 'cancel');
    });
  },
  onInput: (input) => {
    state = { ...state, input };
  },
  onAnswer: (host, answer) => void receive(host, answer),
  onCancelled: (reason) => show({ ...state, busy: `The call was cancelled. ${reason}` }),
});

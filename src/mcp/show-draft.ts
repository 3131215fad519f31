import { type Answer, DEFAULT_CAP, HARD_CAP, type Input, nextCall } from './answer.ts';
import { groupRows, rowsOf } from './group-rows.ts';
import { capOf } from './input.ts';
import { offsetOf, takePage } from './take-page.ts';
import type { Call } from './tool.ts';
import type { DraftFacts } from './works/draft-scenario.ts';

/** The questions of a draft; its lines as well where it was not written, because nobody could read them elsewhere. */
export function showDraft({ text, questions, written, hash }: DraftFacts & { readonly hash: string }, input: Input, call: Call): Answer {
  const { cursor, ...others } = input;
  const rows = [...rowsOf('questions', questions), ...(written ? [] : rowsOf('draft', text.trimEnd().split('\n')))];
  const head = { file: 'tracewright.yaml', written };
  const room = Math.min(capOf(input, DEFAULT_CAP), HARD_CAP) - 700;
  const { items, nextCursor } = takePage(rows, hash, offsetOf(typeof cursor === 'string' ? cursor : undefined, hash), room);
  const lists = groupRows(items);
  if (nextCursor !== undefined && !written) {
    const more = nextCall('verify', { ...others, root: call.root.name, cursor: nextCursor }, 'The next page.');
    return { ...head, ...lists, nextCursor, done: false, next: more };
  }
  const guesses = questions.length === 0 ? '' : ' Correct in it what is asked here, as far as you know it.';
  const what = written
    ? `tracewright.yaml now names every program and route.${guesses}`
    : 'tracewright.yaml is kept: take from this draft what it lacks.';
  const next = nextCall('verify', { root: call.root.name }, `${what} Then make this call: it sends those requests for real.`);
  return {
    ...head,
    ...lists,
    ...(nextCursor === undefined ? {} : { more: 'The rest stands beside the requests in the file.' }),
    done: false,
    next,
  };
}

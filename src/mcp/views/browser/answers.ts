import type { Answer, Input } from '../../answer.ts';
import type { Refusal } from '../plan-state.ts';

export function isRefusal(answer: Answer): answer is Refusal {
  return typeof answer['code'] === 'string' && typeof answer['message'] === 'string';
}

/** A call that failed on its way is a refusal as well. */
export function lost(error: unknown, tool: string, input: Input): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'No answer',
    message,
    done: false,
    next: { tool: 'status', arguments: input, why: `${tool} did not answer: try it again.` },
  };
}

/** What was asked for, without how its answer was cut; a host that tells no input leaves the root in `next`. */
export function settledInput({ cursor: _cursor, detail: _detail, maxTokens: _maxTokens, ...input }: Input, { next }: Answer): Input {
  return { root: next.arguments['root'] ?? '.', ...input };
}

import { finishRequest, type OutgoingResponse } from './finish';
import { stateOf } from './request';

interface Response extends OutgoingResponse {
  readonly writableEnded?: boolean;
}

/** Responses that are not closed yet. */
const open = new Set<Response>();

export function opened(response: Response): void {
  open.add(response);
}

export function closed(response: Response): void {
  open.delete(response);
}

/** For a process that ends in the same breath: a response that the program has written to its end does not come to its `close` any more. */
export function finishAnswered(): void {
  for (const response of open) {
    const state = response.writableEnded ? stateOf(response) : undefined;
    if (state !== undefined) finishRequest(state, response);
  }
}

import { finishRequest } from '../process/finish';
import { openRequests } from './request';

/** For a process that ends in the same breath: a response that the program has written to its end does not come to its `close` any more. */
export function finishAnswered(): void {
  for (const state of openRequests()) {
    const { response } = state;
    if (response !== undefined && response.writableEnded) finishRequest(state, response);
  }
}

import { context } from '@opentelemetry/api';
import { executionAsyncId } from 'async_hooks';
import type { CoreSdk } from '../otel';
import { NativePromise } from '../platform';
import { failRequest, recordUncaught } from '../process/finish';
import { watchProcess } from '../process/process-events';
import type { RequestState, RpcMetadata } from '../server/request';

let thrown: RequestState | undefined;

/** A listener of this request is throwing. Catching the error to look at it would make our line the one that Node shows when it ends. */
export function noteThrow(state: RequestState): void {
  thrown = state;
  // When the program caught it, nothing is uncaught before this runs.
  NativePromise.resolve().then(() => {
    thrown = undefined;
  });
}

/** Records what nobody caught on the SERVER span of the request it happened in. */
export function watchUncaught(core: CoreSdk): void {
  const active = (): RequestState | undefined => {
    const rpc: RpcMetadata | undefined = core.getRPCMetadata(context.active());
    return rpc && rpc.state;
  };
  watchProcess('unhandledRejection', (error) => {
    // Without a listener it is uncaught next. Reading its stack now would change what Node prints then.
    const state = process.listenerCount('unhandledRejection') > 0 ? active() : undefined;
    if (state !== undefined) recordUncaught(state, error);
  });
  watchProcess('uncaughtExceptionMonitor', (error) => {
    const state = thrown || active();
    if (state === undefined) return;
    const goesOn = process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback();
    if (goesOn && !isThrown(state)) recordUncaught(state, error);
    else failRequest(state, error);
  });
}

function isThrown(state: RequestState): boolean {
  return state === thrown || (state.entered !== undefined && state.entered.asyncId === executionAsyncId());
}

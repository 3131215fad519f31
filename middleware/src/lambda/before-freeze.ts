import { currentRuntime } from '../runtime';

/** How long a call waits for a collector that did not take the last one's telemetry in time. */
const PATIENCE = 250;

let isSlow = false;

/** The platform stops the process as soon as it has the answer, in the middle of whatever is under way. */
export function willFreeze(): boolean {
  return Boolean(process.env['AWS_LAMBDA_RUNTIME_API']);
}

/** Resolves when what was recorded is sent, or has been waited for long enough. Until then the event loop is not empty. */
export function sendBeforeFreeze(): Promise<void> {
  const runtime = currentRuntime();
  if (runtime === undefined || !willFreeze()) return Promise.resolve();
  const sent = runtime.flush().then((isSent) => {
    isSlow = !isSent;
  });
  if (!isSlow) return sent;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    sent.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

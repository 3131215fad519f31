import { currentRuntime } from './runtime';

let exiting = false;

/** `process.exit(code)` after everything that is buffered was sent, at most two seconds later. Without a running SDK it exits at once. */
export function flushAndExit(code?: number | string | null): void {
  const runtime = currentRuntime();
  if (!runtime) exit(code);
  if (!runtime || exiting) return;
  exiting = true;
  // One turn later, so that the span of a response that was just written has ended.
  setImmediate(() => {
    runtime.stop('exit').then(() => exit(code));
  });
}

function exit(code: number | string | null | undefined): void {
  process.exit(code === null ? undefined : code);
}

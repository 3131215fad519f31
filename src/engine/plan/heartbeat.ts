let listener: (() => void) | undefined;

/** Calls back now and then while a plan is made: it is synchronous, so nothing else of the process runs meanwhile. Returns how to end it. */
export function onHeartbeat(listen: () => void): () => void {
  listener = listen;
  return () => {
    listener = undefined;
  };
}

export function heartbeat(): void {
  listener?.();
}

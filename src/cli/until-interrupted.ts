const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something that ends early, by itself, when a person presses Ctrl-C, once or often, or closes the terminal. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.removeListener(signal, interrupt);
  }
}

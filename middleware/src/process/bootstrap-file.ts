let file: string | undefined;

/** The file that loads this package first starts tracing, here and in a process that is started with it. */
export function noteBootstrap(parent: { readonly filename?: unknown } | null | undefined): void {
  const name = parent && parent.filename;
  if (typeof name === 'string' && /\.c?js$/.test(name)) file = name;
}

/** Runs a call that starts a process or thread with the flags of this one, and with the one that loads the bootstrap. */
export function withBootstrapFlag<R>(call: () => R): R {
  if (file === undefined) return call();
  const before = process.execArgv;
  process.execArgv = [...before, '--require', file];
  try {
    return call();
  } finally {
    process.execArgv = before;
  }
}

let file: string | undefined;
let loader: string | undefined;

/** What bootstraps are called; a file of another name may do more than to start tracing. */
const NAMES = /(?:instrument|tracewright|tracing|telemetry|otel)[^/\\]*$/i;

/** The file that loads this package first starts tracing, here and in a thread or process that is started with it. */
export function noteBootstrap(parent: { readonly id?: unknown; readonly filename?: unknown } | null | undefined): void {
  const name = parent && parent.filename;
  // The program itself is not started a second time.
  if (typeof name !== 'string' || !parent || parent.id === '.' || !NAMES.test(name)) return;
  if (/\.c?js$/.test(name)) file = name;
  else if (/\.mjs$/.test(name)) loader = name;
}

/** What `--require` takes to start tracing in another thread or process. */
export function bootstrapFile(): string | undefined {
  return file;
}

/** Whether a thread or process with these flags loads a bootstrap that is an ES module. */
export function isInherited(flags: readonly string[] = process.execArgv): boolean {
  const name = loader && loader.slice(loader.lastIndexOf('/') + 1);
  return name !== undefined && flags.some((each) => String(each).slice(-name.length) === name);
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

/**
 * `process.exit(code)`. It sent what was buffered before it exited; by now every exit does that. Repositories migrated by an earlier version call it.
 * Its type still says that it returns: code behind it would not compile otherwise.
 */
export function flushAndExit(_code?: number | string | null): void {
  // Without an argument there must be none: since Node 20 an undefined one resets process.exitCode.
  // biome-ignore lint/complexity/noArguments: forwards exactly what was passed
  Reflect.apply(process.exit, process, arguments);
}

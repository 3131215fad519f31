import type { Pipelines } from './export/pipelines';
import { loadedBefore } from './process/loaded-before';
import type { LogEntry, Runtime } from './runtime';
import { SCOPE } from './version';

/** The first log record of a process: was it loaded first, and what is it? */
export function reportStart(runtime: Runtime, line: string): void {
  const attributes = {
    'tracewright.loaded_first': loadedBefore.length === 0,
    'tracewright.loaded_before': loadedBefore.slice(0, 5),
    'tracewright.sdk_line': line,
    'tracewright.version': SCOPE.version,
  };
  runtime.emit(lifecycleEntry('tracewright.start', 'service starts', attributes));
}

/** A log record about the process itself. */
export function lifecycleEntry(eventName: string, body: string, attributes: Record<string, unknown>): LogEntry {
  return { severityNumber: 9, severityText: 'INFO', body, eventName, attributes };
}

/** The one line that tells people what is on. */
export function announce(service: string, names: readonly string[], pipelines: Pipelines): void {
  say(`${service}: ${names.join(', ')} | traces -> ${pipelines.traces} | logs -> ${pipelines.logs}`);
}

/** A line on stderr, under the name of the product. */
export function say(text: string): void {
  process.stderr.write(`tracewright: ${text}\n`);
}

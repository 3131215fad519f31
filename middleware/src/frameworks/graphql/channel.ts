import { read } from '../reader';
import { noteErrors, noteOperation, operationOf } from './operation';

/** Graphql 17 tells of each operation, and of its errors, itself. */
export function watchGraphql(): void {
  try {
    const { tracingChannel } = require('diagnostics_channel') as typeof import('diagnostics_channel');
    if (typeof tracingChannel !== 'function') return;
    const executed = tracingChannel('graphql:execute');
    executed.start.subscribe((message) =>
      noteSafely(() => noteOperation(operationOf(read(message, 'document'), read(message, 'operationName')) || none)),
    );
    for (const end of [executed.end, executed.asyncEnd])
      end.subscribe((message) => noteSafely(() => noteErrors(read(message, 'result', 'errors'))));
    tracingChannel('graphql:validate').end.subscribe((message) =>
      noteSafely(() => {
        const errors: unknown = read(message, 'result');
        noteErrors(Array.isArray(errors) ? errors.slice(0, 1) : undefined);
      }),
    );
  } catch {
    // Node without tracing channels, on which graphql 17 does not run.
  }
}

const none = { type: undefined, name: undefined };

function noteSafely(note: () => void): void {
  try {
    note();
  } catch {
    // Telemetry never stops a request.
  }
}

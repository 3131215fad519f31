import type { OutgoingCall } from './calls.ts';

/** Every sentence this codemod says. */
export const reasons = {
  none: 'No outgoing HTTP call was found.',
  covered: (calls: readonly OutgoingCall[]): string =>
    `${calls.length === 1 ? 'The one outgoing HTTP call gets a CLIENT span' : `All ${calls.length} outgoing HTTP calls get CLIENT spans`}: ${summary(calls)}.`,
  elsewhere: (calls: readonly OutgoingCall[]): string => `Not counted, because no traced program loads the file: ${summary(calls)}.`,
  socket: ({ library }: OutgoingCall): string =>
    `${library} opens its own connections, so this call gets no span and sends no traceparent.`,
  socketNext: 'Wrap the call with traced() and add the headers of inject(), both from @tracewright/middleware.',
  undici: ({ library }: OutgoingCall, version: string): string =>
    `${library} ${version} reports nothing that tracing could listen to; 5.12 is the first that does.`,
  undiciNext: 'Move to undici 5.12 or later, or wrap the call with traced() and inject() of @tracewright/middleware.',
  nothing: 'No service of this repository can be traced, so its outgoing calls get no spans.',
  nothingNext: 'Read the answer of otel-bootstrap for the reason.',
} as const;

/** `axios 3 (src/a.js 2, src/b.js 1), fetch 1 (src/c.js)`. */
function summary(calls: readonly OutgoingCall[]): string {
  const libraries = [...new Set(calls.map(({ library }) => library))].sort();
  return libraries
    .map((library) => {
      const own = calls.filter((call) => call.library === library);
      const files = [...new Set(own.map(({ file }) => file))].sort();
      const counted = files.map((file) => (own.length === 1 ? file : `${file} ${own.filter((call) => call.file === file).length}`));
      return `${library} ${own.length} (${counted.join(', ')})`;
    })
    .join(', ');
}

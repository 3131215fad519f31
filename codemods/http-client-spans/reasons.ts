import type { OutgoingCall } from './calls.ts';

/** Every sentence this codemod says. */
export const reasons = {
  none: 'No outgoing HTTP call was found.',
  covered: (calls: readonly OutgoingCall[]): string =>
    `${calls.length === 1 ? 'The one outgoing HTTP call gets a CLIENT span' : `All ${calls.length} outgoing HTTP calls get CLIENT spans`}: ${summary(calls)}.`,
  noneForSure: 'No outgoing HTTP call was found in what the programs load for sure.',
  open: (calls: readonly OutgoingCall[]): string =>
    `Not certain to be loaded, traced where a traced program loads the file: ${summary(calls)}.`,
  elsewhere: (calls: readonly OutgoingCall[]): string => `Not counted, because no traced program loads the file: ${summary(calls)}.`,
  socket: ({ library }: OutgoingCall): string =>
    `${library} opens its own connections, so this call gets no span and sends no traceparent.`,
  socketNext: 'Wrap the call with traced() and add the headers of inject(), both from @tracewright/middleware.',
  http2: ({ library }: OutgoingCall): string =>
    `${library} is told to speak HTTP/2 here, for which it opens connections of its own, so these calls get no span and send no traceparent.`,
  http2Next:
    'Leave HTTP/1.1 on for these calls, or wrap them with traced() and add the headers of inject(), both from @tracewright/middleware.',
  undici: ({ library }: OutgoingCall, version: string): string =>
    `${library} ${version} reports nothing that tracing could listen to; 5.12 is the first that does.`,
  undiciNext: 'Move to undici 5.12 or later, or wrap the call with traced() and inject() of @tracewright/middleware.',
  nothing: 'No service of this repository can be traced, so its outgoing calls get no spans.',
  nothingNext: 'Read the answer of otel-bootstrap for the reason.',
} as const;

/** Files that are named for each library. */
const shownFiles = 4;

/** `axios 3 (src/a.js 2, src/b.js 1), fetch 1 (src/c.js)`. */
function summary(calls: readonly OutgoingCall[]): string {
  const libraries = [...new Set(calls.map(({ library }) => library))].sort();
  return libraries
    .map((library) => {
      const own = calls.filter((call) => call.library === library);
      const files = [...new Set(own.map(({ file }) => file))].sort();
      const counted = files.map((file) => (own.length === 1 ? file : `${file} ${own.filter((call) => call.file === file).length}`));
      const more = counted.length - shownFiles;
      const shown = more < 2 ? counted : [...counted.slice(0, shownFiles), `${more} more files`];
      return `${library} ${own.length} (${shown.join(', ')})`;
    })
    .join(', ');
}

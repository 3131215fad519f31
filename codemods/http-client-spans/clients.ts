import { sendingLibraries } from '../../src/libraries/index.ts';

/** How a client sends: through a module that the default set traces, or past it. */
export interface Client {
  readonly module: string;
  /** `http`: Node's http or https. `fetch`: Node's own fetch, or undici. `socket`: its own sockets, which nothing traces. */
  readonly over: 'http' | 'fetch' | 'socket';
  /** Only these members send; undefined means every call of the module does. */
  readonly members?: readonly string[];
}

/** Node.js's own modules and every library that sends HTTP requests. */
export const clients: readonly Client[] = [
  { module: 'http', over: 'http', members: ['get', 'request'] },
  { module: 'http2', over: 'socket', members: ['connect'] },
  { module: 'https', over: 'http', members: ['get', 'request'] },
  ...sendingLibraries(),
];

/** A file without one of these is never parsed: specifiers end in a quote, which addresses and prose do not. */
export const clientMentions: readonly string[] = ['fetch(', ...clients.flatMap(({ module }) => [`${module}'`, `${module}"`])];

/** How a client library sends: through a module that the default set traces, or past it. */
export interface Client {
  readonly module: string;
  /** `http`: Node's http or https. `fetch`: Node's own fetch, or undici. `socket`: its own sockets, which nothing traces. */
  readonly over: 'http' | 'fetch' | 'socket';
  /** Only these members send; undefined means every call of the module does. */
  readonly members?: readonly string[];
}

export const clients: readonly Client[] = [
  { module: 'axios', over: 'http' },
  { module: 'bent', over: 'http' },
  { module: 'cross-fetch', over: 'http' },
  { module: 'fetch-h2', over: 'socket' },
  { module: 'got', over: 'http' },
  { module: 'http', over: 'http', members: ['get', 'request'] },
  { module: 'http2', over: 'socket', members: ['connect'] },
  { module: 'http2-wrapper', over: 'socket' },
  { module: 'https', over: 'http', members: ['get', 'request'] },
  { module: 'isomorphic-fetch', over: 'http' },
  { module: 'isomorphic-unfetch', over: 'http' },
  { module: 'ky', over: 'fetch' },
  { module: 'ky-universal', over: 'fetch' },
  { module: 'make-fetch-happen', over: 'http' },
  { module: 'needle', over: 'http' },
  { module: 'node-fetch', over: 'http' },
  { module: 'node-libcurl', over: 'socket' },
  { module: 'ofetch', over: 'fetch' },
  { module: 'phin', over: 'http' },
  { module: 'request', over: 'http' },
  { module: 'request-promise', over: 'http' },
  { module: 'request-promise-native', over: 'http' },
  { module: 'superagent', over: 'http' },
  { module: 'undici', over: 'fetch', members: ['fetch', 'request', 'stream', 'pipeline', 'Client', 'Pool', 'Agent'] },
  { module: 'unirest', over: 'http' },
  { module: 'wreck', over: 'http' },
  { module: '@hapi/wreck', over: 'http' },
];

/** A file without one of these is never parsed: specifiers end in a quote, which addresses and prose do not. */
export const clientMentions: readonly string[] = ['fetch(', ...clients.flatMap(({ module }) => [`${module}'`, `${module}"`])];

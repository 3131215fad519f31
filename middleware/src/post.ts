import type { ClientRequest, IncomingMessage } from 'http';
import { gzip } from 'zlib';
import type { OtlpTarget } from './destination';

/** What one request came to: a body when it was taken, otherwise why not and whether trying again makes sense. */
export interface Reply {
  readonly body?: Uint8Array;
  readonly error?: Error;
  readonly retry?: boolean;
  /** Milliseconds the collector asked for. */
  readonly retryAfter?: number;
  readonly unreachable?: boolean;
}

export interface Post {
  send(body: Uint8Array, timeout: number): Promise<Reply>;
  /** While on, a connection that does not come about is given up after a second. */
  hurry(on: boolean): void;
  close(): void;
}

const CONNECT_CAP = 1000;
const MAX_ANSWER = 4 * 1024 * 1024;
const BUSY = new Set([429, 502, 503, 504]);

/** Posts over kept connections that do not hold the event loop. */
export function createPost(target: OtlpTarget): Post {
  const client = (target.url.indexOf('https:') === 0 ? require('https') : require('http')) as typeof import('https');
  const agent = new client.Agent({ keepAlive: true, ...target.tls() });
  const open = new Set<ClientRequest>();
  let hurried = false;

  const once = (body: Uint8Array, timeout: number): Promise<Reply> =>
    new Promise((resolve) => {
      const headers = { ...target.headers, 'content-length': String(body.length) };
      const request = client.request(target.url, { method: 'POST', agent, headers }, (response) => read(response, finish));
      const timer = setTimeout(() => request.destroy(new Error('timed out')), timeout);
      const finish = (reply: Reply): void => {
        clearTimeout(timer);
        open.delete(request);
        resolve(reply);
      };
      timer.unref();
      open.add(request);
      request.on('socket', (socket) => socket.unref());
      request.on('error', (error) => finish({ error, retry: true, unreachable: true }));
      request.end(body);
      if (hurried) limitConnect(request);
    });

  return {
    send: async (body, timeout) => {
      try {
        return await once(target.gzip ? await compress(body) : body, timeout);
      } catch (error) {
        return { error: error instanceof Error ? error : new Error(String(error)) };
      }
    },
    hurry: (on) => {
      if (on && !hurried) open.forEach(limitConnect);
      hurried = on;
    },
    close: () => agent.destroy(),
  };
}

/** A pending connect holds the event loop, whatever its socket says. */
function limitConnect(request: ClientRequest): void {
  const timer = setTimeout(() => {
    if (!request.socket || request.socket.connecting) request.destroy(new Error('no connection'));
  }, CONNECT_CAP);
  timer.unref();
}

function read(response: IncomingMessage, finish: (reply: Reply) => void): void {
  const status = response.statusCode || 0;
  const taken = status >= 200 && status < 300;
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER) response.destroy();
    else chunks.push(chunk);
  });
  // Also after an answer that breaks off: its status has been read.
  response.on('close', () => {
    if (taken) finish({ body: Buffer.concat(chunks) });
    else
      finish({ error: new Error(`HTTP ${status}`), retry: BUSY.has(status), retryAfter: readRetryAfter(response.headers['retry-after']) });
  });
  response.on('error', () => undefined);
}

function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait >= 0 ? wait : undefined;
}

function compress(body: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    gzip(body, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

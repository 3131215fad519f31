import type { ClientRequest, IncomingMessage } from 'http';
import { cancel, clientFor, gzip, later, NativePromise, now } from '../platform';
import { remember } from '../server/located';
import { createAgent } from './connection';
import type { OtlpTarget } from './destination';
import { hideRequest, unobserved } from './unobserved';

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
  send(body: Uint8Array, timeout: number, written: (isWritten: boolean) => void): Promise<Reply>;
  /** While on, a connection that does not come about is given up after a second. */
  hurry(on: boolean): void;
  close(): void;
}

type Finish = (reply: Reply, clean?: boolean) => void;

const CONNECT_CAP = 1000;
/** An answer is at most a message of the collector; what is longer is not read. */
const MAX_ANSWER = 64 * 1024;
/** Answers like 103 that announce another one. */
const MAX_HINTS = 16;
const BUSY = new Set([429, 502, 503, 504]);

/** Posts over kept connections that do not hold the event loop. Whatever the other side does, each post ends once, in time, as a reply. */
export function createPost(target: OtlpTarget): Post {
  const client = clientFor(target.url);
  const agent = createAgent(client, target.tls());
  const open = new Map<ClientRequest, Finish>();
  let hurried = false;

  const once = (body: Uint8Array, timeout: number, written: (isWritten: boolean) => void): Promise<Reply> =>
    new NativePromise((resolve) => {
      const headers = { ...target.headers, 'content-length': String(body.length) };
      const request = unobserved(() => client.request(target.url, { method: 'POST', agent, headers }));
      hideRequest(request);
      const finish: Finish = (reply, clean) => {
        if (!open.delete(request)) return;
        cancel(timer);
        if (!clean) drop(request);
        resolve(reply);
      };
      const fail = (text: string): void => finish(unreachable(text));
      const timer = later(fail, timeout, 'timed out');
      timer.unref();
      open.set(request, finish);
      let hints = 0;
      request.on('socket', (socket) => socket.unref());
      request.on('information', () => ++hints > MAX_HINTS && fail('too many hints'));
      request.on('finish', () => written(true));
      request.on('response', (response) => {
        read(response, request, finish);
        if (response.socket) remember(target.url, response.socket.remoteAddress);
      });
      request.on('error', (error) => finish({ error, retry: true, unreachable: true }));
      request.on('close', () => fail('closed'));
      request.end(body);
      if (hurried) limitConnect(request, finish);
    });

  return {
    send: async (body, timeout, written) => {
      try {
        return await once(target.gzip ? await compress(body) : body, timeout, written);
      } catch (error) {
        return { error: error instanceof Error ? error : new Error(String(error)) };
      }
    },
    hurry: (on) => {
      if (on && !hurried) for (const [request, finish] of Array.from(open)) limitConnect(request, finish);
      hurried = on;
    },
    close: () => agent.destroy(),
  };
}

function unreachable(text: string): Reply {
  return { error: new Error(text), retry: true, unreachable: true };
}

/** The rest of the body, or of the answer, is of no use any more; left alone it would hold memory until the other side closes. */
function drop(request: ClientRequest): void {
  request.destroy();
  // Node 14 takes a request whose answer has ended for destroyed.
  if (request.socket) request.socket.destroy();
}

/** A pending connect holds the event loop, whatever its socket says. */
function limitConnect(request: ClientRequest, finish: Finish): void {
  const timer = later(() => {
    if (!request.socket || request.socket.connecting) finish(unreachable('no connection'));
  }, CONNECT_CAP);
  timer.unref();
}

function read(response: IncomingMessage, request: ClientRequest, finish: Finish): void {
  const status = response.statusCode || 0;
  const chunks: Buffer[] = [];
  let size = 0;
  const end = (clean: boolean): void => {
    if (status >= 200 && status < 300) finish({ body: Buffer.concat(chunks) }, clean);
    else
      finish(
        { error: new Error(`HTTP ${status}`), retry: BUSY.has(status), retryAfter: readRetryAfter(response.headers['retry-after']) },
        clean,
      );
  };
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_ANSWER) end(false);
    else chunks.push(chunk);
  });
  response.on('end', () => end(request.writableFinished));
  // Also after an answer that breaks off its status has been read.
  for (const event of ['aborted', 'close', 'error']) response.on(event, () => end(false));
}

function readRetryAfter(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now();
  return wait >= 0 ? wait : undefined;
}

function compress(body: Uint8Array): Promise<Uint8Array> {
  return new NativePromise((resolve, reject) => {
    gzip(body, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

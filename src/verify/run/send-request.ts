import { randomBytes } from 'node:crypto';
import { request as openHttp } from 'node:http';
import { request as openHttps } from 'node:https';
import { connect, type Socket } from 'node:net';
import { type RequestSetup, requestLabel } from '../setup/setup.ts';
import type { Endpoint } from './probe-server.ts';

/** One request of a scenario and what came back. */
export interface Exchange {
  readonly scenario: string;
  readonly request: RequestSetup;
  /** `METHOD /path`. */
  readonly label: string;
  /** The trace it was sent in; the caller's span id is `callerId`. */
  readonly traceId: string;
  readonly callerId: string;
  readonly status?: number;
  readonly contentType?: string;
  /** A file was sent as it lies there, as servers of static files do. */
  readonly isFile?: boolean;
  readonly body?: string;
  /** Why there was no complete answer. */
  readonly error?: string;
  /** There was none in time. */
  readonly timedOut?: true;
  /** Milliseconds since the epoch, on the clock of the spans. */
  readonly sentMs: number;
  readonly endedMs: number;
}

class NoAnswer extends Error {}

function now(): number {
  return performance.timeOrigin + performance.now();
}

type Target = Pick<Endpoint, 'host' | 'port' | 'tls'>;

const bodyLimit = 8 * 1024 * 1024;

/** A program that keeps a connection open after its last answer is not waited for any longer. */
const releaseLimitMs = 1000;

/** A connection whose other half stays open, so that it is seen when the program lets go of it; Node.js would close both halves at once. */
function openConnection(host: string, port: number): Socket {
  const socket = connect({ host, port, allowHalfOpen: true });
  return Object.assign(socket, { destroySoon: () => socket.end() });
}

/**
 * Waits until the program has let go of the connection. Its listeners for the end of the response ran before, such as one that writes an
 * access log; stopping it at the last byte of the answer would cut that line off in one run and not in another.
 */
function whenReleased(socket: Socket, then: () => void): void {
  if (socket.destroyed || socket.readableEnded) then();
  for (const event of ['end', 'close', 'timeout']) socket.once(event, then);
  socket.setTimeout(releaseLimitMs);
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly isFile: boolean;
  readonly body: string;
}

function exchange(
  { host, port, tls }: Target,
  setup: RequestSetup,
  traceparent: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      ...setup.headers,
      ...(setup.body === undefined ? {} : { 'content-length': Buffer.byteLength(setup.body) }),
      traceparent,
    };
    const stop = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
    const target = { host, port, path: setup.path, method: setup.method, headers, signal: stop };
    // A program under test shows its own certificate.
    const request = tls
      ? openHttps({ ...target, agent: false, rejectUnauthorized: false })
      : openHttp({ ...target, createConnection: () => openConnection(host, port) });
    request.on('error', (error) =>
      reject(stop.aborted && !signal?.aborted ? new NoAnswer(`no answer within ${timeoutMs} ms`, { cause: error }) : error),
    );
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= bodyLimit) chunks.push(chunk);
      });
      response.on('error', (error) =>
        reject(stop.aborted && !signal?.aborted ? new NoAnswer(`the answer did not end within ${timeoutMs} ms`, { cause: error }) : error),
      );
      response.on('end', () => {
        const answer = {
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          isFile: response.headers['last-modified'] !== undefined && response.headers['accept-ranges'] === 'bytes',
          body: Buffer.concat(chunks).toString('utf8'),
        };
        if (tls) resolve(answer);
        else whenReleased(response.socket, () => resolve(answer));
      });
    });
    request.end(setup.body);
  });
}

/**
 * Sends one request in a sampled trace of its own, so that the spans it causes are known by their trace id.
 * A program that is not traced sees one header more and nothing else.
 */
export async function sendRequest(
  scenario: string,
  request: RequestSetup,
  target: Target,
  options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Exchange> {
  const traceId = randomBytes(16).toString('hex');
  const callerId = randomBytes(8).toString('hex');
  const sent = { scenario, request, label: requestLabel(request), traceId, callerId, sentMs: now() };
  try {
    const answer = await exchange(target, request, `00-${traceId}-${callerId}-01`, options.timeoutMs, options.signal);
    return { ...sent, ...answer, endedMs: now() };
  } catch (error) {
    const timedOut = error instanceof NoAnswer ? { timedOut: true as const } : {};
    return { ...sent, error: error instanceof Error ? error.message : String(error), ...timedOut, endedMs: now() };
  }
}

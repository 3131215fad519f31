import { randomBytes } from 'node:crypto';
import { request as openHttp } from 'node:http';
import { request as openHttps } from 'node:https';
import type { Endpoint } from './probe-server.ts';
import { type RequestSetup, requestLabel } from './setup.ts';

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
  readonly body?: string;
  /** Why there was no complete answer. */
  readonly error?: string;
}

type Target = Pick<Endpoint, 'host' | 'port' | 'tls'>;

const bodyLimit = 8 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly contentType: string;
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
    const target = { host, port, path: setup.path, method: setup.method, headers, agent: false as const, signal: stop };
    // A program under test shows its own certificate.
    const request = tls ? openHttps({ ...target, rejectUnauthorized: false }) : openHttp(target);
    request.on('error', (error) =>
      reject(stop.aborted && !signal?.aborted ? new Error(`no answer within ${timeoutMs} ms`, { cause: error }) : error),
    );
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= bodyLimit) chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
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
  const sent = { scenario, request, label: requestLabel(request), traceId, callerId };
  try {
    return { ...sent, ...(await exchange(target, request, `00-${traceId}-${callerId}-01`, options.timeoutMs, options.signal)) };
  } catch (error) {
    return { ...sent, error: error instanceof Error ? error.message : String(error) };
  }
}

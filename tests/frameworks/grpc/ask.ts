import { connect } from 'node:http2';
import type { Answers } from '../section.ts';

interface Call {
  readonly method: string;
  /** One message each; more than one for a stream. */
  readonly ids: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cancelled?: true;
}

/** Each call brings a trace id of its own, by which it is known. */
const calls: Readonly<Record<string, Call>> = {
  unary: { method: 'Get', ids: [7] },
  thrown: { method: 'Throws', ids: [3] },
  failed: { method: 'Fails', ids: [3] },
  missing: { method: 'Missing', ids: [3] },
  late: { method: 'Slow', ids: [3], headers: { 'grpc-timeout': '200m' } },
  cancelled: { method: 'Slow', ids: [4], cancelled: true },
  list: { method: 'List', ids: [1] },
  add: { method: 'Add', ids: [1, 2] },
  talk: { method: 'Talk', ids: [1, 2] },
  unknown: { method: 'Nothing', ids: [1] },
  relay: { method: 'Relay', ids: [8] },
};

export function traceOf(name: string): string {
  return String(Object.keys(calls).indexOf(name) + 1).padStart(32, '0');
}

export async function askAll(port: number): Promise<Answers> {
  const statuses: Record<string, string> = {};
  for (const [name, call] of Object.entries(calls)) statuses[name] = await askOne(port, name, call);
  return statuses;
}

/** The status, or `none` for a call that is given up. */
function askOne(port: number, name: string, { method, ids, headers, cancelled }: Call): Promise<string> {
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    let status = 'none';
    const read = (received: Record<string, unknown>): void => {
      if (received['grpc-status'] !== undefined) status = String(received['grpc-status']);
    };
    const stream = session.request({
      ':method': 'POST',
      ':path': `/bookshop.Books/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      traceparent: `00-${traceOf(name)}-00f067aa0ba902b7-01`,
      ...headers,
    });
    stream.on('response', read);
    stream.on('trailers', read);
    stream.on('error', () => undefined);
    stream.resume();
    for (const id of ids) stream.write(Buffer.from([0, 0, 0, 0, 2, 8, id]));
    stream.end();
    if (cancelled) setTimeout(() => stream.close(8), 200);
    stream.on('close', () => {
      session.close();
      resolve(status);
    });
  });
}

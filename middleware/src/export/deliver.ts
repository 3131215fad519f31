import { readFileSync } from 'fs';
import type { ClientRequest } from 'http';
import { isIP, type Socket } from 'net';
import { workerData } from 'worker_threads';
import type { Job, Parcel } from './parcel';

// Posts what an ending process has left, in a thread of it or in a child process. It says nothing, whatever happens.
// `npm run generate` makes a text of this file, because bundles hold no second file: nothing but Node's own modules can be imported here.

const BUSY = [429, 502, 503, 504];
const FIRST_WAIT = 200;

const job: Job = workerData || JSON.parse(readFileSync(0, 'utf8'));
const { flags } = job;
let left = job.parcels.length;
let isExtended = false;

process.on('uncaughtException', () => done(-1));
tell(1);
// Also when the process that started it is gone.
const timer = setTimeout(end, job.patience);
for (const parcel of job.parcels) attempt(parcel);

/** To the thread that waits: 1 it runs, 2 a busy collector asked for time, 3 it is done. */
function tell(state: number): void {
  if (!flags) return;
  Atomics.store(flags, 0, state);
  Atomics.notify(flags, 0);
}

function end(): void {
  if (!flags) process.exit();
  tell(3);
}

/** `status` of a parcel that was not taken, -1 without an answer; 0 when it was. */
function done(status: number): void {
  if (status !== 0) {
    process.exitCode = 1;
    if (flags) Atomics.store(flags, 1, status);
  }
  left--;
  if (left === 0) end();
}

function attempt(parcel: Parcel): void {
  let isDone = false;
  const settle = (status: number, wait?: string): void => {
    if (isDone) return;
    isDone = true;
    const pause = wait !== undefined && /^\d+$/.test(wait) ? Number(wait) * 1000 : FIRST_WAIT;
    if (BUSY.indexOf(status) >= 0 && pause < job.extra) again(parcel, pause);
    else done(status >= 200 && status < 300 ? 0 : status);
  };
  try {
    (parcel.grpc ? call : post)(parcel, settle);
  } catch {
    settle(-1);
  }
}

function again(parcel: Parcel, pause: number): void {
  if (!isExtended) {
    isExtended = true;
    tell(2);
    clearTimeout(timer);
    setTimeout(end, job.extra);
  }
  setTimeout(attempt, pause, parcel);
}

function post(parcel: Parcel, settle: (status: number, wait?: string) => void): void {
  const body = bodyOf(parcel);
  const client = (parcel.url.indexOf('https:') === 0 ? require('https') : require('http')) as typeof import('https');
  const headers = { ...parcel.headers, 'content-length': String(body.length) };
  const request: ClientRequest = client.request(parcel.url, { method: 'POST', agent: false, headers, ...optionsOf(parcel) });
  request.on('socket', (socket: Socket) => socket.on('error', ignore));
  request.on('response', (response) => {
    response.on('error', ignore);
    for (const event of ['end', 'close']) response.on(event, () => settle(response.statusCode || -1, response.headers['retry-after']));
    response.resume();
  });
  request.on('error', () => settle(-1));
  request.on('close', () => setImmediate(settle, -1));
  request.end(body);
}

/** gRPC is one message with a frame of five bytes over HTTP/2; its status comes after the answer. */
function call(parcel: Parcel, settle: (status: number) => void): void {
  const body = bodyOf(parcel);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(body.length, 1);
  const { origin, pathname } = new URL(parcel.url);
  const { connect } = require('http2') as typeof import('http2');
  const session = connect(origin, optionsOf(parcel));
  session.on('error', () => settle(-1));
  session.on('close', () => settle(-1));
  const stream = session.request({ ...parcel.headers, ':method': 'POST', ':path': pathname, te: 'trailers' });
  stream.on('error', () => settle(-1));
  stream.on('response', (headers) => answered(headers));
  stream.on('trailers', (headers) => answered(headers));
  stream.on('close', () => settle(-1));
  stream.resume();
  stream.end(Buffer.concat([frame, body]));

  function answered(headers: Record<string, unknown>): void {
    const status = headers['grpc-status'];
    // 14 is "unavailable", which clients repeat.
    if (status !== undefined) settle(Number(status) === 0 ? 200 : Number(status) === 14 ? 503 : -1);
  }
}

function bodyOf({ body }: Parcel): Buffer {
  return typeof body === 'string' ? Buffer.from(body, 'base64') : Buffer.from(body);
}

/** An address that is known already is not looked up again: a name server that does not answer would hold the thread, and with it the exit. */
function optionsOf({ tls, address }: Parcel): object {
  if (address === undefined) return tls;
  const family = isIP(address);
  const lookup = (_host: string, options: { readonly all?: boolean }, found: (...result: unknown[]) => void): void => {
    if (options.all) found(null, [{ address, family }]);
    else found(null, address, family);
  };
  return { ...tls, lookup };
}

function ignore(): void {}

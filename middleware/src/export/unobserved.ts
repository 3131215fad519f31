import { type ClientRequest, OutgoingMessage } from 'http';
import { quietly } from '../quietly';

/** Of these a program would hear that requests are made; `http.client.request.start` belongs to `_finish`. */
const CHANNELS = [
  'http.client.request.created',
  'http.client.request.bodyChunkSent',
  'http.client.request.bodySent',
  'http.client.request.error',
  'http.client.response.finish',
  'net.client.socket',
];

interface Channel {
  publish(message: unknown): void;
}

const finish: unknown = Reflect.get(OutgoingMessage.prototype, '_finish');
const ours = new WeakSet<object>();
const channels: Channel[] = [];
let isMaking = false;

/** Makes a request, or its connection, of which the channels and the performance entries of Node do not tell. */
export function unobserved<T>(make: () => T): T {
  if (channels.length === 0) muteChannels();
  const before = isMaking;
  isMaking = true;
  try {
    return make();
  } finally {
    isMaking = before;
  }
}

export function hideRequest(request: ClientRequest): void {
  ours.add(request);
  if (typeof finish === 'function') Object.defineProperty(request, '_finish', { configurable: true, writable: true, value: finish });
}

function muteChannels(): void {
  try {
    const { channel } = quietly(() => require('diagnostics_channel') as typeof import('diagnostics_channel'));
    // Node forgets a channel that nobody holds.
    for (const name of CHANNELS) channels.push(mute(channel(name)));
  } catch {
    // Before Node 14.17.
  }
}

function mute(channel: Channel): Channel {
  Object.defineProperty(channel, 'publish', {
    configurable: true,
    writable: true,
    value: function publish(this: Channel, message: unknown): void {
      if (!isMaking && !isOurs(message)) Reflect.apply(Object.getPrototypeOf(this).publish, this, [message]);
    },
  });
  return channel;
}

function isOurs(message: unknown): boolean {
  const request: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'request') : undefined;
  return typeof request === 'object' && request !== null && ours.has(request);
}

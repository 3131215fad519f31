import type { ChildProcess } from 'child_process';
import { exchange } from '../context-manager';
import { read } from '../frameworks/reader';
import { carrierNow, contextFrom } from '../messaging/spans';
import { isObject } from '../messaging/stored';
import { contextToSend, isElsewhere } from './link';

/**
 * Node keeps messages whose `cmd` begins like this to itself: a process that is not traced by us never sees one. So the trace of a message
 * goes right before it, and the message stays as it is.
 */
const NAME = 'NODE_TRACEWRIGHT';

/** As many as one who has not answered yet is sent. */
const MOST = 1000;

interface Sender {
  send?: (...args: unknown[]) => boolean;
}

/** One end of the channel between a process and one that it forked. */
export class Channel {
  isHeard = false;
  private sent = 0;
  private received = 0;
  /** Not read before they are needed: the first may come before tracing has started. */
  private readonly notes = new Map<number, unknown>();

  /** `send` is a property of each process, so nothing else is replaced. */
  follow(end: Sender): void {
    const channel = this;
    const { send } = end;
    if (typeof send !== 'function') return;
    const followed = function (this: unknown, ...args: unknown[]): boolean {
      channel.note(end, send, args[0]);
      return Reflect.apply(send, this, args);
    };
    for (const key of ['name', 'length'] as const) Object.defineProperty(followed, key, { configurable: true, value: send[key] });
    const descriptor = Object.getOwnPropertyDescriptor(end, 'send');
    Object.defineProperty(end, 'send', { ...descriptor, value: followed });
  }

  /** The other end finds out that this one is ours. */
  greet(end: Sender): void {
    if (typeof end.send === 'function') quietly(end, end.send, { cmd: NAME, n: 0 });
  }

  private note(end: Sender, send: NonNullable<Sender['send']>, message: unknown): void {
    // What Node and its cluster say to each other is not counted on the other side either.
    if (/^NODE_/.test(String(read(message, 'cmd')))) return;
    const n = ++this.sent;
    if (!this.isHeard && n > MOST) return;
    const carrier = carrierNow(contextToSend(message));
    if (carrier !== undefined) quietly(end, send, { cmd: NAME, n, carrier });
  }

  /** True: it was a note, which nobody else wants. */
  takeInternal(message: unknown, hasListener: boolean): boolean {
    if (!isObject(message) || read(message, 'cmd') !== NAME) return false;
    this.isHeard = true;
    const n = Number(read(message, 'n'));
    const carrier: unknown = read(message, 'carrier');
    if (n === 0 || carrier === undefined) return true;
    // The message itself comes next, unless Node keeps those before it until somebody listens.
    if (hasListener) this.received = n - 1;
    if (n > this.received && this.notes.size < MOST) this.notes.set(n, carrier);
    return true;
  }

  /** The listeners of a message are called next, in its context. */
  enterMessage(): void {
    const carrier = this.notes.get(++this.received);
    this.notes.delete(this.received);
    const context = carrier === undefined ? undefined : contextFrom(carrier);
    if (context !== undefined && isElsewhere(context)) exchange(context);
  }
}

function quietly(end: Sender, send: NonNullable<Sender['send']>, message: object): void {
  try {
    if (read(end, 'connected') === true) Reflect.apply(send, end, [message, undefined, {}, ignore]);
  } catch {
    // The message goes without it.
  }
}

function ignore(): void {}

export type Child = ChildProcess & Sender;

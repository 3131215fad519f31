import { type Context, trace } from '@opentelemetry/api';
import type { MessagePort } from 'worker_threads';
import { activeContext, endsWithCallback, exchange } from '../context-manager';
import { carrierNow, contextFrom } from '../messaging/spans';

/** What goes beside the messages of a port: which trace the n-th of them is of, and the same for ports that it hands over. */
export interface Note {
  readonly n: number;
  readonly carrier?: Record<string, string>;
  readonly ports?: readonly Handed[];
}

/** A port that went to another thread with a message; `control` is its own way for notes. */
export interface Handed {
  readonly at: number;
  readonly sent: number;
  readonly received: number;
  readonly control: MessagePort;
}

/** As many notes as one who has not answered yet, or does not read, is given. */
const MOST = 1000;

const senders = new WeakMap<object, Context>();

/** A message that somebody keeps for now belongs to the context in which it was made. Only the first word on it counts. */
export function sendAs(message: unknown, context: Context): void {
  if (typeof message === 'object' && message !== null && !senders.has(message)) senders.set(message, context);
}

/** The context of a message that is posted now. */
export function contextToSend(message: unknown): Context {
  const known = typeof message === 'object' && message !== null ? senders.get(message) : undefined;
  return known === undefined ? activeContext() : known;
}

/**
 * One end of a pair of ports. The messages of the program stay as they are: their traces go another way, by number. Within a thread the other
 * end is told directly, in another thread by a port of our own.
 */
export class Link {
  sent = 0;
  received = 0;
  /** The other end in this thread. */
  peer: Link | undefined;
  control: MessagePort | undefined;
  /** Whether the other end is known to read notes. */
  isHeard = false;
  /** Takes in what has come over `control` by now. */
  read: () => void = ignore;
  private readonly notes = new Map<number, Context>();
  private native: Context | undefined;
  private hasEntered = false;
  private isOpen = false;

  /** Right before a message is posted. */
  post(message: unknown, ports: readonly Handed[], transfer: readonly MessagePort[]): void {
    const n = ++this.sent;
    const context = contextToSend(message);
    if (this.peer !== undefined) {
      if (this.peer.notes.size < MOST) this.peer.notes.set(n, context);
    } else if (this.control !== undefined && (this.isHeard || n <= MOST)) {
      const carrier = carrierNow(context);
      const note: Note = { n, ...(carrier && { carrier }), ...(ports.length > 0 && { ports }) };
      if (carrier !== undefined || ports.length > 0) this.control.postMessage(note, transfer);
    }
  }

  take({ n, carrier }: Note): void {
    if (n > this.received && carrier !== undefined && this.notes.size < MOST) this.notes.set(n, contextFrom(carrier));
  }

  /** The context of the message that comes now; undefined when it was sent in none, or in the trace that runs. */
  next(): Context | undefined {
    this.read();
    this.received++;
    const context = this.notes.get(this.received);
    this.notes.delete(this.received);
    return context !== undefined && isElsewhere(context) ? context : undefined;
  }

  /**
   * Enters the context of the message whose listeners Node is about to call. Node reads the method that does it more than once for each, and
   * what it does then ends before the next message comes.
   */
  enter(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    Promise.resolve().then(() => {
      this.isOpen = false;
    });
    const context = this.next();
    if (context !== undefined) {
      const before = exchange(context);
      if (!this.hasEntered) this.native = before;
      this.hasEntered = true;
    } else if (this.hasEntered && !endsWithCallback()) exchange(this.native);
  }
}

/** What comes back in the trace that runs already belongs where it is: that context knows more than what was sent. */
export function isElsewhere(context: Context): boolean {
  const active = activeContext();
  if (context === active) return false;
  const sent = trace.getSpanContext(context);
  const here = trace.getSpanContext(active);
  return sent === undefined || here === undefined || !sent.isRemote || sent.traceId !== here.traceId;
}

function ignore(): void {}

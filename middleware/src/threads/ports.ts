import threads, { type MessageChannel, type MessagePort } from 'worker_threads';
import { read } from '../frameworks/reader';
import { replaceMethod } from '../messaging/replace';
import { isObject } from '../messaging/stored';
import { type Handed, Link, type Note } from './link';
import { watchReceive } from './receive';

type Port = MessagePort;

const links = new WeakMap<object, Link>();
/** The name under which Node keeps what calls the listeners of a port, on every version that has threads. */
const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch');
const Channel = threads.MessageChannel;
const receive = threads.receiveMessageOnPort;

/** Runs when something is about to be told to another thread. */
let beforePost: () => unknown = () => undefined;

export function flushBeforePost(flush: () => unknown): void {
  beforePost = flush;
}

/** Makes a port one end of a pair whose notes go over `control`. */
export function linkOver(port: object, control: Port): Link {
  const link = new Link();
  link.control = control;
  link.read = () => {
    for (let found = receive(control); found !== undefined; found = receive(control)) takeNote(link, found.message);
  };
  links.set(port, link);
  return link;
}

/** What another thread says beside a message. The ports that a message brings are seen when it comes. */
export function takeNote(link: Link, note: unknown): void {
  const { n, ports }: Partial<Note> = Object(note);
  if (typeof n !== 'number') return;
  link.isHeard = true;
  link.take(note as Note);
  if (Array.isArray(ports)) waiting.set(link, [...(waiting.get(link) || []), { n, ports }]);
}

const waiting = new WeakMap<Link, readonly { readonly n: number; readonly ports: readonly Handed[] }[]>();

/** Ports that came with a message, or with what a thread was started with, are linked before the program has them. */
export function linkPorts(link: Link, message: unknown): void {
  const open = waiting.get(link);
  if (open === undefined) return;
  const found = portsIn(message);
  for (const { n, ports } of open) {
    if (n !== link.received) continue;
    for (const { at, sent, received, control } of ports) {
      const port = found[at];
      if (port === undefined) control.close();
      else Object.assign(linkOver(port, control), { sent, received, isHeard: true });
    }
  }
  const rest = open.filter(({ n }) => n > link.received);
  if (rest.length > 0) waiting.set(link, rest);
  else waiting.delete(link);
}

/** In the order in which a message holds them, which is that of its transfer list in all but odd programs: one port at most is looked for. */
function portsIn(message: unknown): readonly Port[] {
  if (message instanceof threads.MessagePort) return [message];
  if (!isObject(message)) return [];
  const found = Object.values(message).filter((one): one is Port => one instanceof threads.MessagePort);
  return found.length === 1 ? found : [];
}

export function linkOf(port: object): Link | undefined {
  return links.get(port);
}

/** Notes for ports that go to another thread with this message; a pair whose end goes elsewhere is given up. */
export function handOver(list: unknown, hasControl: boolean): { readonly ports: Handed[]; readonly transfer: Port[] } {
  const ports: Handed[] = [];
  const transfer: Port[] = [];
  const given = (Array.isArray(list) ? list : []).filter((one) => one instanceof threads.MessagePort);
  for (const port of given) {
    const link = links.get(port);
    links.delete(port);
    if (link === undefined || link.peer === undefined) continue;
    const { peer } = link;
    peer.peer = undefined;
    if (!hasControl || given.length > 1) continue;
    const { port1, port2 } = new Channel();
    peer.control = port1;
    peer.read = () => {
      for (let found = receive(port1); found !== undefined; found = receive(port1)) takeNote(peer, found.message);
    };
    ports.push({ at: 0, sent: link.sent, received: link.received, control: port2 });
    transfer.push(port2);
  }
  return { ports, transfer };
}

export function watchPorts(): void {
  const prototype = threads.MessagePort.prototype;
  replaceMethod(
    prototype,
    'postMessage',
    (original) =>
      function (this: object, ...args: unknown[]) {
        const link = linkOf(this);
        if (link === undefined) return Reflect.apply(original, this, args);
        noteMessage(link, args);
        return Reflect.apply(original, this, args);
      },
  );
  watchDispatch(prototype);
  watchReceive((port) => (isObject(port) ? linkOf(port) : undefined), linkPorts);
  watchChannels();
}

function noteMessage(link: Link, [message, options]: readonly unknown[]): void {
  try {
    beforePost();
    const { ports, transfer } = handOver(Array.isArray(options) ? options : read(options, 'transfer'), link.control !== undefined);
    link.post(message, ports, transfer);
  } catch {
    // The message goes without it.
  }
}

/** No frame of ours stands between Node and the listeners: it reads the method, and gets its own. */
function watchDispatch(prototype: object): void {
  const original: unknown = Reflect.get(prototype, DISPATCH);
  if (typeof original !== 'function') return;
  const dispatch = function (this: unknown, ...args: unknown[]): unknown {
    const link = isObject(this) ? linkOf(this) : undefined;
    if (link !== undefined && args[1] === 'message') linkPorts(link, args[0]);
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(prototype, DISPATCH, {
    configurable: true,
    enumerable: false,
    get(this: object) {
      const link = linkOf(this);
      if (link === undefined) return original;
      link.enter();
      return waiting.has(link) ? dispatch : original;
    },
  });
}

function watchChannels(): void {
  const Followed = new Proxy(Channel, {
    construct(target, args, newTarget) {
      const made: MessageChannel = Reflect.construct(target, args, newTarget === Followed ? target : newTarget);
      const [one, other] = [new Link(), new Link()];
      one.peer = other;
      other.peer = one;
      links.set(made.port1, one);
      links.set(made.port2, other);
      return made;
    },
  });
  replaceClass(threads, 'MessageChannel', Channel, Followed);
  if (Reflect.get(globalThis, 'MessageChannel') === Channel) replaceClass(globalThis, 'MessageChannel', Channel, Followed);
}

/** The class looks the same from everywhere: what it makes names this one as its constructor. */
export function replaceClass(owner: object, name: string, original: Function, followed: Function): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  const { enumerable = false } = descriptor || {};
  Object.defineProperty(owner, name, { configurable: true, enumerable, writable: true, value: followed });
  const made = Object.getOwnPropertyDescriptor(original.prototype, 'constructor');
  if (made !== undefined && made.configurable) Object.defineProperty(original.prototype, 'constructor', { ...made, value: followed });
}

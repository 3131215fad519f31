import type { LookupAddress } from 'dns';
import type { Agent } from 'http';
import { Socket } from 'net';
import { type Client, lookup, stringify } from '../platform';
import { unobserved } from './unobserved';

type Found = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Kept connections that cannot end the program. Node listens for a socket's errors only while a request has it: between two requests, after an
 * answer that came before the body was read, and before the first request got it nobody would, and an error without a listener is thrown.
 */
export function createAgent({ Agent, methods }: Client, tls: Record<string, Buffer | string>): Agent {
  const options: object = { keepAlive: true, lookup: lookupOnce, ...tls };
  const agent = Object.assign(new Agent(options), methods);
  const connect = agent.createConnection;
  agent.createConnection = function createConnection(...args) {
    const socket = unobserved(() => Reflect.apply(connect, this, args));
    if (socket instanceof Socket) guard(socket);
    return socket;
  };
  return agent;
}

/** For the whole life of a connection: its errors end with it, and it keeps no program alive. */
export function guard(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.unref();
}

const asked = new Map<string, Found[]>();

/** A name server that does not answer holds one thread of the four the program has, not one for every export. */
function lookupOnce(hostname: string, options: object, found: Found): void {
  const key = stringify([hostname, options]);
  const waiting = asked.get(key);
  if (waiting !== undefined) {
    waiting.push(found);
    return;
  }
  const all = [found];
  asked.set(key, all);
  lookup(hostname, options, (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => {
    asked.delete(key);
    for (const one of all) one(error, address, family);
  });
}

import { connect as connectPlain, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { Action } from './directives.ts';

const PATIENCE = 8_000;

/** What a peer sent on one connection, byte for byte, and how the connection ended. */
export async function converse(port: number, tls: boolean, actions: readonly Action[]): Promise<string> {
  const socket = open(port, tls);
  const received: Buffer[] = [];
  let ending = '';
  const watchers = new Set<() => void>();
  const closed = new Promise<void>((resolve) => {
    socket.on('data', (bytes: Buffer) => {
      received.push(bytes);
      for (const check of watchers) check();
    });
    socket.on('end', () => {
      ending = 'ended';
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ending = error.code ?? error.message;
    });
    socket.on('close', () => {
      for (const check of watchers) check();
      resolve();
    });
  });
  const text = (): string => Buffer.concat(received).toString('latin1');
  let read = 0;
  const until = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        const at = text().indexOf(wanted, read);
        if (at < 0 && !socket.destroyed) return;
        read = Math.max(read, at + wanted.length);
        watchers.delete(check);
        resolve();
      };
      watchers.add(check);
      check();
    });
  for (const action of actions) {
    if (action.kind === 'send') socket.write(action.bytes);
    else if (action.kind === 'pause') await pause(action.ms);
    else if (action.kind === 'wait') await inTime(until(action.text), () => `no ${JSON.stringify(action.text)} in ${text()}`);
    else if (action.kind === 'end') socket.end();
    else socket.resetAndDestroy();
  }
  const inTimeClosed = await Promise.race([closed.then(() => true), pause(PATIENCE, false, { ref: false })]);
  if (!inTimeClosed) socket.destroy();
  return `${text()}\n<connection ${inTimeClosed ? ending : 'still open after 8 s'}>`;
}

function open(port: number, tls: boolean): Socket {
  const target = { port, host: '127.0.0.1' };
  return tls ? connectTls({ ...target, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] }) : connectPlain(target);
}

/** Rejects with what was missing. */
export async function inTime<T>(work: Promise<T>, missing: () => string, ms: number = PATIENCE): Promise<T> {
  const late = Symbol('late');
  const result = await Promise.race([work, pause(ms, late, { ref: false })]);
  if (result === late) throw new Error(missing());
  return result as T;
}

import type { Socket } from 'node:net';

/** Moments of a request as the collector sees it; `nth` counts the requests of the connection from 1. */
interface Moments {
  /** The first bytes. */
  first?(nth: number): void;
  /** The headers are complete. */
  head?(nth: number): void;
  /** Half of the body is there. */
  half?(nth: number): void;
  /** All of it is there. */
  whole?(nth: number): void;
}

/** Reads requests one after the other and says where it is. */
export function follow(socket: Socket, moments: Moments): void {
  let nth = 1;
  let head: Buffer = Buffer.alloc(0);
  let length: number | undefined;
  let size = 0;
  let stage: 'first' | 'head' | 'half' = 'first';
  socket.on('data', (chunk: Buffer) => {
    if (stage === 'first') {
      stage = 'head';
      moments.first?.(nth);
    }
    if (length === undefined) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      length = Number(/content-length: (\d+)/i.exec(head.toString('latin1'))?.[1] ?? 0);
      size = head.length - end - 4;
      moments.head?.(nth);
    } else size += chunk.length;
    if (stage === 'head' && size >= length / 2) {
      stage = 'half';
      moments.half?.(nth);
    }
    if (size < length) return;
    moments.whole?.(nth++);
    head = Buffer.alloc(0);
    length = undefined;
    stage = 'first';
  });
}

/** An answer as bytes. */
export function answer(status: string, headers: Record<string, string> = {}, body = ''): string {
  const lines = Object.entries({ 'content-length': String(body.length), ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`;
}

export const OK: string = answer('200 OK');
export const REFUSED: string = answer('413 Payload Too Large', { connection: 'keep-alive' }, 'too large');

/** Writes again and again, as fast as it is taken, until the other side is gone. */
export function flood(socket: Socket, text: string): void {
  const block = Buffer.from(text.repeat(Math.ceil(65536 / text.length)));
  const next = (): void => {
    if (socket.destroyed || !socket.writable) return;
    if (socket.write(block)) setImmediate(next);
    else socket.once('drain', next);
  };
  next();
}

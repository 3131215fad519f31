import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Hold } from './pending-bytes.ts';
import { RejectedBody } from './rejected-body.ts';

/** Reads a stream to its end within the bounds. It is left open: whoever sent it still waits for an answer. */
export async function collect(stream: Readable, limit: number, hold: Hold, what = 'The body'): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw new RejectedBody(413, `${what} is larger than ${limit} bytes`);
    hold.add(bytes.length);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Unpacks gzip bit by bit, so that a bomb is stopped at the bound. */
export async function unzip(packed: Uint8Array, limit: number, hold: Hold): Promise<Buffer> {
  const gunzip = createGunzip();
  try {
    gunzip.end(packed);
    return await collect(gunzip, limit, hold, 'The unpacked body');
  } catch (cause) {
    if (cause instanceof RejectedBody) throw cause;
    throw new RejectedBody(400, 'The body is not complete gzip', { cause });
  } finally {
    gunzip.destroy();
  }
}

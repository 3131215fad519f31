import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { State } from './receiver-state.ts';
import { RejectedBody } from './rejected-body.ts';

async function collect(request: IncomingMessage, state: State): Promise<Buffer> {
  const { maxBodyBytes, maxPendingBytes } = state.settings;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes: Buffer = Buffer.from(chunk);
      size += bytes.length;
      state.pendingBytes += bytes.length;
      if (size > maxBodyBytes) throw new RejectedBody(413, `The body is larger than ${maxBodyBytes} bytes`);
      if (state.pendingBytes > maxPendingBytes) throw new RejectedBody(503, `More than ${maxPendingBytes} bytes are being read already`);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks);
  } finally {
    state.pendingBytes -= size;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function unzip(body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await promisify(gunzip)(body, { maxOutputLength: limit });
  } catch (cause) {
    if (hasCode(cause, 'ERR_BUFFER_TOO_LARGE')) throw new RejectedBody(413, `The unpacked body is larger than ${limit} bytes`, { cause });
    throw new RejectedBody(400, 'The body is not complete gzip', { cause });
  }
}

/** Reads a request body, unpacked, within the bounds of the receiver. */
export async function readBody(request: IncomingMessage, state: State): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new RejectedBody(415, `Content-Encoding ${encoding} is not gzip`);
  const body = await collect(request, state);
  return encoding === 'gzip' ? unzip(body, state.settings.maxBodyBytes) : body;
}

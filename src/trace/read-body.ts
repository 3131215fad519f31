import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Why a body was not accepted, with the HTTP status that says so. */
export class RejectedBody extends Error {
  readonly status: number;

  constructor(status: number, reason: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.status = status;
  }
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw new RejectedBody(413, `The body is larger than ${limit} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
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

/** Reads a request body, unpacked, never holding more than `limit` bytes of either form. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') throw new RejectedBody(415, `Content-Encoding ${encoding} is not gzip`);
  const body = await collect(request, limit);
  return encoding === 'gzip' ? unzip(body, limit) : body;
}

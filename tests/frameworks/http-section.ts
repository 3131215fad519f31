import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { cells } from './cells.ts';
import { readCell } from './read-cell.ts';
import { columns, renderCell, tellCell } from './render-cell.ts';
import type { Answers, Section } from './section.ts';

/** What is asked of every program; one that has no such route answers 404 and is not judged by it. */
export const asked = {
  plain: '/plain',
  nested: '/api/v1/items/7',
  missing: '/missing',
  fails: '/api/v1/fails/3',
  refuses: '/api/v1/refuses/x',
  guarded: '/api/v1/guarded/3',
  caught: '/api/v1/caught/3',
  aborted: '/api/v1/slow/3',
} as const;

export type Ask = keyof typeof asked;

export const httpSection: Section = {
  about: readFileSync(join(import.meta.dirname, 'about.md'), 'utf8'),
  columns,
  cells,
  ask: ({ id }, port) => askAll(port, id === 'http2' ? askHttp2 : askHttp),
  read: (driven) => renderCell(readCell(driven)),
  tell: (driven) => tellCell(readCell(driven)),
};

async function askAll(port: number, ask: (port: number, path: string) => Promise<number>): Promise<Answers> {
  const statuses: Record<string, number> = {};
  for (const [name, path] of Object.entries(asked)) statuses[name] = await ask(port, path);
  return statuses;
}

/** The status, or 0 for a request that is given up without an answer. */
function askHttp(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ port, path, host: '127.0.0.1', agent: false }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    sent.setTimeout(path === asked.aborted ? 1_000 : 8_000, () => sent.destroy());
    sent.on('error', () => resolve(0));
    sent.end();
  });
}

function askHttp2(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const session = connect(`http://127.0.0.1:${port}`);
    let status = 0;
    const stream = session.request({ ':path': path });
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.resume();
    stream.on('error', () => undefined);
    stream.on('close', () => {
      session.close();
      resolve(status);
    });
  });
}

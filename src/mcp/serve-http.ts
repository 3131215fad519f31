import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import {
  localhostHostValidation,
  localhostOriginValidation,
  type NodeIncomingMessageLike,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { TracewrightError } from '../contract/index.ts';
import { createServer } from './create-server.ts';
import { openSetting, type ServeOptions } from './serve-options.ts';

/** Only programs of this machine, and no web page from elsewhere, may call. */
const HOST = '127.0.0.1';
const PATH = '/mcp';

/** Serves any number of clients over HTTP on 127.0.0.1, until the signal ends it. */
export async function serveOverHttp(port: number, options: ServeOptions, say: (text: string) => void): Promise<void> {
  const setting = await openSetting(options);
  const handler = createMcpHandler(() => createServer(setting));
  const handle = toNodeHandler(handler);
  const isHostAllowed = localhostHostValidation();
  const isOriginAllowed = localhostOriginValidation();
  const server = createHttpServer((request, response) => {
    if (!isHostAllowed(request, response) || !isOriginAllowed(request, response)) return;
    if (request.url?.split('?')[0] === PATH) void handle(readable(request), response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end(`The endpoint is ${PATH}.\n`);
  });
  say(`Listening: http://${HOST}:${await listen(server, port)}${PATH}. Ctrl-C ends it.`);
  await new Promise<void>((resolve) => options.signal.addEventListener('abort', () => resolve()));
  await handler.close();
  server.close();
  server.closeAllConnections();
  await setting.telemetry.stop();
}

/** The same request, with what the adapter reads of it always there. */
function readable(request: IncomingMessage): NodeIncomingMessageLike {
  const { method = 'GET', url = '/', headers } = request;
  return { method, url, headers, [Symbol.asyncIterator]: () => request[Symbol.asyncIterator]() };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const next = 'Stop what listens there, or choose another with `--http <port>`; 0 takes a free one.';
      reject(new TracewrightError('TW3005', String(port), { cause, next }));
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

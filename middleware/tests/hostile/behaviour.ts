import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer, type TlsOptions } from 'node:tls';

/** One thing a collector can do to the program that sends to it. */
export interface Behaviour {
  /** Reads as a sentence after "a collector that". */
  readonly does: string;
  /** Ended the program before telemetry sockets had an error listener for their whole life. */
  readonly crashed?: true;
  start(): Promise<Collector>;
}

export interface Collector {
  /** What makes the program send there. */
  readonly env: Record<string, string>;
  close(): void;
}

/** What happens on one connection; `nth` counts connections from 1. */
type Talk = (socket: Socket, nth: number) => unknown;

/** A collector on a plain socket. */
export function raw(does: string, talk: Talk): Behaviour {
  return { does, start: async () => collectorOf(await listen(createServer({ allowHalfOpen: true }), talk), 'http') };
}

/** The same, of those that did. */
export function crashing(does: string, talk: Talk): Behaviour {
  return { ...raw(does, talk), crashed: true };
}

/** Behind TLS. */
export function secure(does: string, options: TlsOptions, env: Record<string, string>, talk: Talk): Behaviour {
  return {
    does,
    start: async () => {
      const server = createSecureServer({ allowHalfOpen: true, ...options });
      server.on('tlsClientError', () => undefined);
      const { port, close } = await listen(server, talk, 'secureConnection');
      return { env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: `https://127.0.0.1:${port}` }, close };
    },
  };
}

/** No collector at all, only settings. */
export function settings(does: string, env: Record<string, string>): Behaviour {
  return { does, start: async () => ({ env, close: () => undefined }) };
}

export function collectorOf({ port, close }: Listening, scheme: 'http' | 'https'): Collector {
  return { env: { OTEL_EXPORTER_OTLP_ENDPOINT: `${scheme}://127.0.0.1:${port}` }, close };
}

interface Listening {
  readonly port: number;
  close(): void;
}

export async function listen(server: Server, talk: Talk, event = 'connection', port = 0): Promise<Listening> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  server.on(event, (socket: Socket) => {
    socket.on('error', () => undefined);
    talk(socket, ++connections);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Behaviour, collectorOf, listen, raw, secure, settings } from './behaviour.ts';
import { answer, follow, OK, REFUSED } from './requests.ts';

const CERTIFICATES = join(import.meta.dirname, '../fixtures/certificates');
const key = readFileSync(join(CERTIFICATES, 'key.pem'));
const valid = join(CERTIFICATES, 'valid.pem');
const VALID = { key, cert: readFileSync(valid) };
const EXPIRED = { key, cert: readFileSync(join(CERTIFICATES, 'expired.pem')) };
const TRUSTED = { OTEL_EXPORTER_OTLP_CERTIFICATE: valid };
const GRPC = { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc' };

/** Connections that do not come about, TLS, settings that cannot work, and gRPC. */
export const CONNECTIONS: readonly Behaviour[] = [
  settings('is not there', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }),
  settings('is not there, on IPv6', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://[::1]:1' }),
  settings('has a name that nobody knows', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' }),
  settings('has a name that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${'x'.repeat(300)}.invalid:4318` }),
  settings('has an address that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://[::' }),
  settings('has a port that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:99999' }),
  settings('has a scheme that is none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://127.0.0.1:1' }),
  settings('is a Unix socket', { OTEL_EXPORTER_OTLP_ENDPOINT: 'unix:/run/collector.sock' }),
  settings('has a certificate file that is not there', {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_CERTIFICATE: '/not/there.pem',
  }),
  {
    does: 'is given a header that cannot be sent',
    start: async () => {
      const { env, close } = await collectorOf(await listen(createServer(), (socket) => follow(socket, {})), 'http');
      return { env: { ...env, OTEL_EXPORTER_OTLP_HEADERS: 'x-bad=%0D%0Aline' }, close };
    },
  },
  {
    does: 'goes away and comes back ten times a second',
    start: async () => {
      const talk = (socket: Socket): void => follow(socket, { whole: () => socket.write(OK) });
      let running = await listen(createServer(), talk);
      const { port } = running;
      const timer = setInterval(() => {
        running.close();
        setTimeout(
          () =>
            listen(createServer(), talk, 'connection', port).then(
              (next) => (running = next),
              () => undefined,
            ),
          50,
        );
      }, 100);
      return {
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
        close: () => {
          clearInterval(timer);
          running.close();
          setTimeout(() => running.close(), 100);
        },
      };
    },
  },
  secure('shows a certificate of an unknown authority', VALID, {}, (socket) => socket.write(OK)),
  secure('shows an expired certificate', EXPIRED, { OTEL_EXPORTER_OTLP_CERTIFICATE: join(CERTIFICATES, 'expired.pem') }, (socket) =>
    socket.write(OK),
  ),
  {
    ...secure('answers 413 over TLS before the body, then destroys', VALID, TRUSTED, (socket) =>
      follow(socket, { head: () => socket.pause().write(REFUSED, () => socket.destroy()) }),
    ),
    crashed: true,
  },
  secure('answers 413 over TLS before the body, then closes', VALID, TRUSTED, (socket) =>
    follow(socket, { head: () => socket.end(REFUSED) }),
  ),
  secure('destroys idle TLS connections', VALID, TRUSTED, (socket) =>
    follow(socket, { whole: () => socket.write(OK) && setTimeout(() => socket.destroy(), 5) }),
  ),
  secure('never answers over TLS', VALID, TRUSTED, (socket) => follow(socket, {})),
  secure(
    'takes no version of TLS that the program speaks',
    { ...VALID, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' },
    TRUSTED,
    () => undefined,
  ),
  tls('accepts and never says a word of TLS', (socket) => socket.pause()),
  tls('closes in the middle of the TLS handshake', (socket) => socket.once('data', () => socket.destroy())),
  tls('resets in the middle of the TLS handshake', (socket) => socket.once('data', () => socket.resetAndDestroy())),
  tls('speaks HTTP where TLS is expected', (socket) => follow(socket, { first: () => socket.write(answer('400 Bad Request')) })),
  {
    does: 'speaks TLS where HTTP is expected',
    start: async () => {
      const { env, close } = await secure('', VALID, {}, () => undefined).start();
      return { env: { OTEL_EXPORTER_OTLP_ENDPOINT: String(env['OTEL_EXPORTER_OTLP_ENDPOINT']).replace('https', 'http') }, close };
    },
  },
  grpc('over gRPC is not there', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:1' }),
  grpc('over gRPC never answers', (socket) => socket.resume()),
  grpc('over gRPC speaks HTTP/1', (socket) => socket.write(answer('400 Bad Request'))),
  grpc('over gRPC answers with garbage', (socket) => socket.write('\0\x01\x02 garbage')),
  grpc('over gRPC resets after the first bytes', (socket) => socket.once('data', () => socket.resetAndDestroy())),
];

/** Reached by https, but a plain socket. */
function tls(does: string, talk: (socket: Socket) => unknown): Behaviour {
  return { does, start: async () => collectorOf(await listen(createServer(), talk), 'https') };
}

/** The official gRPC exporter for spans; log records go nowhere. */
function grpc(does: string, how: Record<string, string> | ((socket: Socket) => unknown)): Behaviour {
  const more = { ...GRPC, OTEL_LOGS_EXPORTER: 'none' };
  return {
    does,
    start: async () => {
      const { env, close } = await (typeof how === 'function' ? raw(does, how) : settings(does, how)).start();
      return { env: { ...env, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: env['OTEL_EXPORTER_OTLP_ENDPOINT'] ?? '', ...env, ...more }, close };
    },
  };
}

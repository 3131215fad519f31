import { watchLogger } from '../log/pino';
import { recordError } from '../process/finish';
import { stateFor } from '../server/request';
import { watchAssignment } from './assignment';
import { watchMercurius } from './graphql/servers';
import { noteHandled, type Reader, read, textOf } from './reader';

interface FastifyRequest {
  readonly raw: unknown;
}

type ErrorHook = (request: FastifyRequest, reply: unknown, error: unknown, done: () => void) => void;

/** Fastify 3 to 5 tell of each application they make; nothing on versions of it or of Node that do not. */
export function watchFastify(): void {
  try {
    const { channel } = require('diagnostics_channel') as typeof import('diagnostics_channel');
    applications = channel('fastify.initialization');
    applications.subscribe((message) => {
      try {
        watchApplication(read(message, 'fastify'));
      } catch {
        // An application that cannot be watched runs as it is.
      }
    });
  } catch {
    // Node before 14.17.
  }
}

/** Node keeps a channel, and who listens to it, only as long as somebody holds it. */
let applications: import('diagnostics_channel').Channel | undefined;

/** Its requests are seen when they are made, and its errors before any error handler has them, that of a plugin or route too. */
function watchApplication(fastify: unknown): void {
  if (typeof fastify !== 'object' || fastify === null) return;
  const prototype = requestPrototype(read(bySymbol(fastify, 'fastify.Request'), 'prototype'));
  if (prototype !== undefined)
    watchAssignment<FastifyRequest>(prototype, 'raw', (request, raw) => {
      noteHandled(raw, request, reader);
      watchMercurius(read(request, 'server'));
    });
  watchLogger(read(fastify, 'log'));
  const onError: unknown = read(bySymbol(fastify, 'fastify.hooks'), 'onError');
  if (Array.isArray(onError)) onError.push(noteError);
}

const noteError: ErrorHook = function noteError(request, _reply, error, done) {
  try {
    const { raw } = request;
    const state = typeof raw === 'object' && raw !== null ? stateFor(raw) : undefined;
    if (state !== undefined) recordError(state, error);
  } catch {
    // Telemetry never replaces the app's own error.
  }
  done();
};

const reader: Reader<FastifyRequest> = {
  // Since 4.10; before, and not without a deprecation warning later, `routerPath`.
  route: (request) => textOf('routeOptions' in request ? read(request, 'routeOptions', 'url') : read(request, 'routerPath')),
};

function bySymbol(object: object, description: string): unknown {
  const key = Object.getOwnPropertySymbols(object).find((symbol) => symbol.description === description);
  return key && Reflect.get(object, key);
}

/** The one that the requests of all applications share; in Fastify 3 it hides that of the copy of Fastify. */
function requestPrototype(prototype: unknown): object | undefined {
  let found: object | undefined;
  for (let one = prototype; typeof one === 'object' && one !== null && one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    found = one;
    if ('raw' in one && Object.getOwnPropertyDescriptor(one, 'raw')) break;
  }
  return found;
}

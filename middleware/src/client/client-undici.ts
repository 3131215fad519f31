import { propagation } from '@opentelemetry/api';
import { type ClientState, clientTracer, endClient, failClient, isKnownMethod, setStatus, startClient } from './client-span';
import { contextOfQueued } from './undici-queue';
import { keepLastContext, type UndiciRequest, undiciAttributes, writeUndiciContext } from './undici-request';

interface Message {
  readonly request: UndiciRequest;
  readonly socket?: { readonly remoteAddress?: string; readonly remotePort?: number; readonly alpnProtocol?: unknown };
  readonly response?: { readonly statusCode: number };
  readonly error?: unknown;
}

interface Channel {
  subscribe(listener: (message: unknown) => void): void;
}

type Diagnostics = Pick<typeof import('diagnostics_channel'), 'channel'>;

/** Held, because Node up to 18.18 forgets a channel that nobody holds, and its subscribers with it. */
const channels: Channel[] = [];

/** A CLIENT span for every request of fetch and undici, which publish what they do. */
export function traceFetch(): void {
  const tracer = clientTracer();
  const states = new WeakMap<UndiciRequest, ClientState>();
  const observe = (name: string, then: (state: ClientState, message: Message) => void): void =>
    listen(name, (message) => {
      const state = states.get(message.request);
      if (state !== undefined) then(state, message);
    });
  listen('undici:request:create', ({ request }) => {
    if (request.method === 'CONNECT') return;
    const method = request.method.toUpperCase();
    const known = isKnownMethod(method);
    const attributes = undiciAttributes(request, known ? method : '_OTHER');
    const state = attributes && startClient(tracer, known ? method : 'HTTP', attributes, contextOfQueued(request));
    if (state === undefined) return;
    states.set(request, state);
    writeUndiciContext(request, state);
  });
  observe('undici:client:sendHeaders', ({ span }, { socket }) => {
    if (socket === undefined) return;
    const { remoteAddress, remotePort, alpnProtocol } = socket;
    if (remoteAddress !== undefined) span.setAttribute('network.peer.address', remoteAddress);
    if (remotePort !== undefined) span.setAttribute('network.peer.port', remotePort);
    span.setAttribute('network.protocol.version', alpnProtocol === 'h2' ? '2' : '1.1');
  });
  observe('undici:request:headers', (state, { response }) => {
    if (response === undefined) return;
    state.span.setAttribute('http.response.status_code', response.statusCode);
    setStatus(state, response.statusCode);
  });
  observe('undici:request:trailers', (state) => endClient(state));
  observe('undici:request:error', (state, { error }) => {
    // Given up by the program on purpose.
    if (isAbort(error)) endClient(state);
    else failClient(state, error, codeOf(error));
  });
}

/** For the official instrumentation of a program that brings it: it adds its headers to those that are there. */
export function keepOneContext(): void {
  listen('undici:request:create', ({ request }) => keepLastContext(request, propagation.fields()));
}

/** An error in a listener would end the program. */
function listen(name: string, then: (message: Message) => void): void {
  const channel: Channel = diagnostics().channel(name);
  channel.subscribe((message) => {
    try {
      then(message as Message);
    } catch {
      // The request goes out as undici made it.
    }
  });
  channels.push(channel);
}

/** Since Node 14.17; undici needs it too. */
function diagnostics(): Diagnostics {
  try {
    return require('diagnostics_channel');
  } catch {
    return { channel: () => ({ subscribe: () => undefined }) as unknown as ReturnType<Diagnostics['channel']> };
  }
}

function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code !== '' ? code : undefined;
}

import { loggedError } from '../../log/logged-error';
import { recordUncaught } from '../../process/finish';
import type { RequestState } from '../../server/request';
import { whenLoaded } from '../loaded';
import { type Reader, read, textOf } from '../reader';
import { activeState, noteErrors, noteOperation, operationIn, operationOf } from './operation';

type Hook = (...given: readonly unknown[]) => Promise<void>;

const watched = new WeakSet<object>();

/** Yoga runs operations by an executor of its own. It is the listener of its server, or is asked for its path by each request. */
export function watchYogas(): void {
  whenLoaded('graphql-yoga/cjs/server.js', (exported) => {
    const prototype: unknown = read(exported, 'YogaServer', 'prototype');
    if (typeof prototype !== 'object' || prototype === null) return;
    const { get, ...rest }: PropertyDescriptor = Object.getOwnPropertyDescriptor(prototype, 'graphqlEndpoint') || {};
    if (get === undefined) return;
    Object.defineProperty(prototype, 'graphqlEndpoint', {
      ...rest,
      get(this: object) {
        const endpoint: unknown = get.call(this);
        watchYoga(this, endpoint);
        return endpoint;
      },
    });
  });
}

export function watchYoga(yoga: unknown, endpoint: unknown = read(yoga, 'graphqlEndpoint')): void {
  const hooks: unknown = endpoint === undefined ? undefined : read(yoga, 'onExecutionResultHooks');
  if (!Array.isArray(hooks) || watched.has(hooks)) return;
  watched.add(hooks);
  hooks.push((ended: unknown): void => {
    try {
      const state = activeState();
      if (state !== undefined) noteExecuted(state, ended, textOf(endpoint));
    } catch {
      // Telemetry never changes a result.
    }
  });
}

function noteExecuted(state: RequestState, ended: unknown, endpoint: string | undefined): void {
  const params: unknown = read(ended, 'context', 'params');
  noteOperation(operationIn(read(params, 'query'), read(params, 'operationName')) || none, state);
  const errors: unknown = read(ended, 'result', 'errors');
  // What is sent says "Unexpected error."; yoga has logged what it was.
  const logged = read(errors, '0', 'extensions', 'code') === 'INTERNAL_SERVER_ERROR' ? loggedError(state.span) : undefined;
  if (logged === undefined) noteErrors(errors, state);
  else recordUncaught(state, logged);
  if (state.handled !== undefined || endpoint === undefined) return;
  state.handled = { endpoint };
  state.reader = endpointReader as Reader;
}

const endpointReader: Reader<{ readonly endpoint: string }> = {
  route: ({ endpoint }, { request }) => ((request.url || '').split('?')[0] === endpoint ? endpoint : undefined),
};

/** Mercurius compiles an operation that comes often, and then runs it past `execute`. */
export function watchMercurius(application: unknown): void {
  const graphql: unknown = read(application, 'graphql');
  if (typeof graphql !== 'function' || watched.has(graphql)) return;
  watched.add(graphql);
  const addHook: unknown = read(graphql, 'addHook');
  if (typeof addHook !== 'function') return;
  const preExecution: Hook = async (_schema, document, context) => {
    noteOperation(operationOf(document, read(context, 'reply', 'request', 'body', 'operationName')) || none);
  };
  const onResolution: Hook = async (execution) => {
    const state = activeState();
    if (state !== undefined && state.error === undefined) noteErrors(read(execution, 'errors'), state);
  };
  Reflect.apply(addHook, graphql, ['preExecution', quiet(preExecution)]);
  Reflect.apply(addHook, graphql, ['onResolution', quiet(onResolution)]);
}

/** Mercurius answers with the error that a hook throws. */
function quiet(hook: Hook): Hook {
  return async (...given) => {
    try {
      await hook(...given);
    } catch {
      // Telemetry never changes a result.
    }
  };
}

const none = { type: undefined, name: undefined };

import { watchFastify } from './fastify';
import { watchGraphql } from './graphql/channel';
import { watchYogas } from './graphql/servers';
import { watchHapi } from './hapi';
import { watchKoa } from './koa';
import { findLoaded } from './loaded';
import { watchPolka } from './polka';

/** The frameworks whose routes and errors are read without an instrumentation. */
export function watchFrameworks(): void {
  watchFastify();
  watchKoa();
  watchHapi();
  watchPolka();
  watchGraphql();
  watchYogas();
  // The program has been loaded by then, unless it is an ES module.
  setImmediate(findLoaded).unref();
}

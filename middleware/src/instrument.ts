import { metrics } from '@opentelemetry/api';
import { syncBuiltinESMExports } from 'module';
import { readList } from './environment';
import type { Pipelines } from './export/pipelines';
import { adapt } from './frameworks/adapt';
import { readLines } from './log/adapt-loggers';
import { watchLoggers } from './log/watch-loggers';
import { watchMessaging } from './messaging/watch';
import type { CoreSdk, Instrumentation } from './otel';
import { findLoadedBefore } from './process/at-load';
import { mendContext } from './repair/watch';

const HTTP = '@opentelemetry/instrumentation-http';
const UNDICI = '@opentelemetry/instrumentation-undici';

/** Traces incoming and outgoing requests and applies the instrumentations of the caller; returns the names of all. */
export function instrument(extra: readonly unknown[], pipelines: Pipelines, core: CoreSdk): string[] {
  const off = readList('OTEL_NODE_DISABLED_INSTRUMENTATIONS') || [];
  const theirs = extra.filter(isInstrumentation);
  for (const one of theirs) {
    if (pipelines.tracerProvider) one.setTracerProvider(pipelines.tracerProvider);
    // The OpenAI instrumentation makes its instruments only here, and each call throws without them.
    if (one.setMeterProvider) one.setMeterProvider(metrics.getMeterProvider());
    if (pipelines.loggerProvider && one.setLoggerProvider) one.setLoggerProvider(pipelines.loggerProvider);
    adapt(one, core, tracesServers(off, theirs));
    if (pipelines.loggerProvider) readLines(one);
    one.enable();
  }
  if (pipelines.loggerProvider) watchLoggers((name) => theirs.some((one) => shortName(one) === name));
  if (pipelines.tracerProvider) {
    if (off.indexOf('context') < 0) mendContext();
    watchMessaging((name) => off.indexOf(name) >= 0 || theirs.some((one) => shortName(one) === name));
    findLoadedBefore();
  }
  const names = [...traceHttp(off, theirs, core), ...traceUndici(off, theirs)];
  // Loading them now applies the patches of an http instrumentation; the sync carries all to the named exports that ES modules import.
  require('http');
  require('https');
  syncBuiltinESMExports();
  return [...names, ...theirs.map(shortName)];
}

/** An http instrumentation of the caller that has incoming requests leaves none to ours. */
function tracesServers(off: readonly string[], theirs: readonly Instrumentation[]): boolean {
  const other = theirs.find((one) => one.instrumentationName === HTTP);
  return off.indexOf('http') < 0 && (other === undefined || leavesServers(other));
}

/** An http instrumentation of the caller takes the place of ours. */
function traceHttp(off: readonly string[], theirs: readonly Instrumentation[], core: CoreSdk): string[] {
  if (off.indexOf('http') >= 0) return [];
  const other = theirs.find((one) => one.instrumentationName === HTTP);
  if (tracesServers(off, theirs)) {
    const { traceServers } = require('./server/server') as typeof import('./server/server');
    traceServers(core);
  } else {
    const { adoptUnnamedApps } = require('./server/express-app') as typeof import('./server/express-app');
    adoptUnnamedApps();
  }
  if (other !== undefined) return [];
  const { traceHttpClients } = require('./client/client-http') as typeof import('./client/client-http');
  traceHttpClients();
  return ['http'];
}

function traceUndici(off: readonly string[], theirs: readonly Instrumentation[]): string[] {
  const { keepOneContext, traceFetch } = require('./client/client-undici') as typeof import('./client/client-undici');
  if (theirs.some((one) => one.instrumentationName === UNDICI)) keepOneContext();
  else if (off.indexOf('undici') < 0) {
    traceFetch();
    return ['undici'];
  }
  return [];
}

function isInstrumentation(value: unknown): value is Instrumentation {
  return typeof value === 'object' && value !== null && 'setTracerProvider' in value && 'enable' in value;
}

/** An http instrumentation of the caller that is for outgoing requests only. */
function leavesServers(http: Instrumentation): boolean {
  const config = http.getConfig ? http.getConfig() : undefined;
  return config !== undefined && config.disableIncomingRequestInstrumentation === true;
}

function shortName(instrumentation: Instrumentation): string {
  return (instrumentation.instrumentationName || 'other').replace(/^.*instrumentation-/, '');
}

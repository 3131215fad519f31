import { syncBuiltinESMExports } from 'module';
import { readList } from './environment';
import { KOA, nameKoaRoutes } from './koa';
import { type CoreSdk, type Instrumentation, isMissing } from './otel';
import type { Pipelines } from './pipelines';

type Defaults = Map<'http' | 'undici', Instrumentation>;

const HTTP = '@opentelemetry/instrumentation-http';

let prepared: Defaults | undefined;

/**
 * Makes the http instrumentation before the caller can make one for a library: the first one of all starts the require hook, and what is
 * required from then on (the exporter needs http) is never shown to instrumentations that come later.
 */
export function prepareInstrumentations(): void {
  prepared = createDefaults();
}

/** Another SDK runs here: what was prepared for ours is taken back. */
export function dropInstrumentations(): void {
  if (prepared) for (const one of Array.from(prepared.values())) one.disable();
}

function createDefaults(): Defaults {
  const { createHttpInstrumentation, createUndiciInstrumentation } = require('./http-hooks') as typeof import('./http-hooks');
  const off = readList('OTEL_NODE_DISABLED_INSTRUMENTATIONS') || [];
  const defaults: Defaults = new Map();
  const add = (name: 'http' | 'undici', create: () => Instrumentation): void => {
    if (off.indexOf(name) >= 0) return;
    try {
      defaults.set(name, create());
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };
  add('http', createHttpInstrumentation);
  add('undici', createUndiciInstrumentation);
  return defaults;
}

/** Traces incoming and outgoing requests and applies the instrumentations of the caller; returns the names of all. */
export function instrument(extra: readonly unknown[], pipelines: Pipelines, core: CoreSdk): string[] {
  const defaults = prepared || createDefaults();
  const own = extra.filter(isInstrumentation);
  const http = own.find((one) => one.instrumentationName === HTTP);
  const replaced = http && defaults.get('http');
  if (replaced) {
    replaced.disable();
    defaults.delete('http');
  }
  const all = [...Array.from(defaults.values()), ...own];
  for (const one of all) {
    if (pipelines.tracerProvider) one.setTracerProvider(pipelines.tracerProvider);
    if (pipelines.loggerProvider && one.setLoggerProvider) one.setLoggerProvider(pipelines.loggerProvider);
    if (one.instrumentationName === KOA) nameKoaRoutes(one, core);
    one.enable();
  }
  if (defaults.has('http') || (replaced && leavesServers(http))) {
    const { traceServers } = require('./server') as typeof import('./server');
    traceServers(core);
  }
  // Loading them now applies the patches; the sync carries them to the named exports that ES modules import.
  require('http');
  require('https');
  syncBuiltinESMExports();
  return [...Array.from(defaults.keys()), ...own.map(shortName)];
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

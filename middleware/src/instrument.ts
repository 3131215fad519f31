import { syncBuiltinESMExports } from 'module';
import type { Instrumentation } from './otel';
import type { Pipelines } from './pipelines';

let prepared: ReturnType<typeof createDefaults> | undefined;

/**
 * Makes the http instrumentation before the caller can make one for a library: the first one of all starts the require hook, and what is
 * required from then on (the exporter needs http) is never shown to instrumentations that come later.
 */
export function prepareInstrumentations(): void {
  prepared = createDefaults();
}

function createDefaults() {
  const { createDefaultInstrumentations } = require('./http-hooks') as typeof import('./http-hooks');
  return createDefaultInstrumentations();
}

/** Applies the default instrumentations and those of the caller; returns their names. */
export function instrument(extra: readonly unknown[], pipelines: Pipelines): string[] {
  const { names, instrumentations } = prepared || createDefaults();
  for (const one of extra) {
    if (!isInstrumentation(one)) continue;
    if (pipelines.loggerProvider && one.setLoggerProvider) one.setLoggerProvider(pipelines.loggerProvider);
    instrumentations.push(one);
    names.push(shortName(one));
  }
  for (const one of instrumentations) {
    if (pipelines.tracerProvider) one.setTracerProvider(pipelines.tracerProvider);
    one.enable();
  }
  // Loading them now applies the patches; the sync carries them to the named exports that ES modules import.
  require('http');
  require('https');
  syncBuiltinESMExports();
  return names;
}

function isInstrumentation(value: unknown): value is Instrumentation {
  return typeof value === 'object' && value !== null && 'setTracerProvider' in value && 'enable' in value;
}

function shortName(instrumentation: Instrumentation): string {
  const name = 'instrumentationName' in instrumentation ? String(instrumentation.instrumentationName) : 'other';
  return name.replace(/^.*instrumentation-/, '');
}

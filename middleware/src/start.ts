import { context, DiagLogLevel, diag, propagation, type TextMapPropagator, trace } from '@opentelemetry/api';
import { syncBuiltinESMExports } from 'module';
import { format } from 'util';
import { isMainThread } from 'worker_threads';
import { LeanContextManager } from './context-manager';
import { readBoolean, readList, readText } from './environment';
import { watchEnd, watchListen } from './lifecycle';
import { loadedBefore } from './loaded-before';
import { type CoreSdk, type Instrumentation, type LoggerProvider, loadSdk } from './otel';
import { deliver } from './parcel';
import { createPipelines, type Pipelines } from './pipelines';
import { whenRefused } from './refusal';
import type { RegisterOptions } from './register';
import { createResource } from './resource';
import { currentRuntime, type Runtime, setRuntime } from './runtime';
import { SCOPE } from './version';

const FLUSH_CAP = 2000;

let prepared: ReturnType<typeof createDefaults> | undefined;

/**
 * Makes the http instrumentation before the caller can make one for a library: the first one of all starts the require hook, and what is
 * required from then on (the exporter needs http) is never shown to instrumentations that come later.
 */
export function prepare(): void {
  if (!currentRuntime() && !readBoolean('OTEL_SDK_DISABLED') && !isUnitTestWorker()) prepared = createDefaults();
}

function createDefaults() {
  const { createDefaultInstrumentations } = require('./http-hooks') as typeof import('./http-hooks');
  return createDefaultInstrumentations();
}

/** Start-up in order: environment, providers, globals, instrumentations, lifecycle. */
export function start(options: RegisterOptions): void {
  if (currentRuntime()) return;
  if (readBoolean('OTEL_SDK_DISABLED')) {
    say('disabled by OTEL_SDK_DISABLED');
    return;
  }
  if (isUnitTestWorker()) return;
  setDiagLevel();
  const sdk = loadSdk();
  const resource = createResource(sdk.resources, options.serviceName, options.serviceVersion);
  const pipelines = createPipelines(sdk, resource, say);
  if (pipelines.tracerProvider && !trace.setGlobalTracerProvider(pipelines.tracerProvider)) {
    say('another OpenTelemetry SDK already runs in this process, no second one is started');
    return;
  }
  context.setGlobalContextManager(new LeanContextManager());
  const propagator = createPropagator(sdk.core);
  if (propagator) propagation.setGlobalPropagator(propagator);
  if (pipelines.loggerProvider) setGlobalLoggerProvider(pipelines.loggerProvider);
  const runtime = createRuntime(pipelines);
  setRuntime(runtime);
  const names = instrument(options.instrumentations || [], pipelines);
  watchListen(runtime);
  watchEnd(runtime, isMainThread);
  reportStart(runtime, sdk.line);
  if (isMainThread) announce(String(resource.attributes['service.name']), names, pipelines);
}

function createRuntime(pipelines: Pipelines): Runtime {
  let stopped = false;
  const runtime: Runtime = {
    requestLogs: false,
    emit: pipelines.emit,
    flush: () => capped(pipelines.flush(), whenRefused(pipelines.urls)),
    stop: (reason) => {
      reportStop(reason);
      return runtime.flush();
    },
  };
  const reportStop = (reason: string): void => {
    if (stopped) return;
    stopped = true;
    runtime.emit(lifecycleEntry('tracewright.stop', `service stops: ${reason}`, { 'tracewright.reason': reason }));
  };
  // A process that exits without a flush hands what is left to a short-lived child; after a flush nothing is worth another wait.
  if (isMainThread) {
    process.on('exit', () => {
      if (stopped) return;
      reportStop('process.exit');
      quietly(() => deliver(pipelines.drain()));
    });
  }
  return runtime;
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // The process ends as it would have.
  }
}

/** Resolves true when the work ended in time, false at the cap or when it became pointless; never rejects. */
function capped(work: Promise<unknown>, pointless: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), FLUSH_CAP);
    const done = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    work.then(done, done);
    pointless.then(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

function instrument(extra: readonly unknown[], pipelines: Pipelines): string[] {
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

function createPropagator(core: CoreSdk): TextMapPropagator | undefined {
  const names = readList('OTEL_PROPAGATORS') || ['tracecontext', 'baggage'];
  const propagators: TextMapPropagator[] = [];
  for (const name of names) {
    if (name === 'tracecontext') propagators.push(new core.W3CTraceContextPropagator());
    else if (name === 'baggage') propagators.push(new core.W3CBaggagePropagator());
    else if (name !== 'none') say(`OTEL_PROPAGATORS: ${name} is not supported, it is left out`);
  }
  if (propagators.length === 0) return undefined;
  return propagators.length === 1 ? propagators[0] : new core.CompositePropagator({ propagators });
}

/** For logger libraries that use the logs API themselves: part of the API since 1.10, a package of its own before. */
function setGlobalLoggerProvider(provider: LoggerProvider): void {
  try {
    const api = require('@opentelemetry/api');
    const logs = api.logs || require('@opentelemetry/api-logs').logs;
    logs.setGlobalLoggerProvider(provider);
  } catch {
    // Not installed: nobody can be using it.
  }
}

function reportStart(runtime: Runtime, line: string): void {
  const attributes = {
    'tracewright.loaded_first': loadedBefore.length === 0,
    'tracewright.loaded_before': loadedBefore.slice(0, 5),
    'tracewright.sdk_line': line,
    'tracewright.version': SCOPE.version,
  };
  runtime.emit(lifecycleEntry('tracewright.start', 'service starts', attributes));
}

function lifecycleEntry(eventName: string, body: string, attributes: Record<string, unknown>) {
  return { severityNumber: 9, severityText: 'INFO', body, eventName, attributes };
}

function announce(service: string, names: readonly string[], pipelines: Pipelines): void {
  say(`${service}: ${names.join(', ')} | traces -> ${pipelines.traces} | logs -> ${pipelines.logs}`);
}

function say(text: string): void {
  process.stderr.write(`tracewright: ${text}\n`);
}

/** Jest and Vitest workers replace the module system and seldom have a collector: only an explicit destination turns telemetry on there. */
function isUnitTestWorker(): boolean {
  if (!process.env['JEST_WORKER_ID'] && !process.env['VITEST_WORKER_ID']) return false;
  return !Object.keys(process.env).some(
    (name) => /^OTEL_(?:EXPORTER_OTLP_.*ENDPOINT|TRACES_EXPORTER|LOGS_EXPORTER)$/.test(name) && readText(name),
  );
}

const LEVELS: Record<string, DiagLogLevel> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

/** Diagnostics of OpenTelemetry itself go to stderr, and only when OTEL_LOG_LEVEL asks for them. */
function setDiagLevel(): void {
  const text = readText('OTEL_LOG_LEVEL');
  const level = text === undefined ? undefined : LEVELS[text.toLowerCase()];
  if (level === undefined) return;
  const write = (...args: unknown[]): void => {
    process.stderr.write(`opentelemetry: ${format(...args)}\n`);
  };
  diag.setLogger(
    { error: write, warn: write, info: write, debug: write, verbose: write },
    { logLevel: level, suppressOverrideMessage: true },
  );
}

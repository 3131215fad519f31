import { trace } from '@opentelemetry/api';
import { isMainThread } from 'worker_threads';
import { createRuntime } from '../create-runtime';
import { setDiagLevel } from '../diagnostics';
import { readBoolean, readText } from '../environment';
import { createPipelines } from '../export/pipelines';
import { instrument } from '../instrument';
import { loadSdk } from '../otel';
import type { RegisterOptions } from '../register';
import { announce, reportStart, say } from '../report';
import { currentRuntime, setRuntime } from '../runtime';
import { flushBeforePost } from '../threads/ports';
import { enterStart, isStarted, isThread } from '../threads/started';
import { setGlobals } from './globals';
import { watchEnd, watchListen } from './lifecycle';
import { createResource } from './resource';

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
  setGlobals(sdk.core, pipelines.loggerProvider);
  const runtime = createRuntime(pipelines);
  setRuntime(runtime);
  if (isThread()) flushBeforePost(() => pipelines.drain());
  const names = instrument(options.instrumentations || [], pipelines, sdk.core);
  watchListen(runtime);
  watchEnd(runtime, isMainThread);
  enterStart();
  if (isThread()) return;
  reportStart(runtime, sdk.line);
  if (isMainThread && !isStarted()) announce(String(resource.attributes['service.name']), names, pipelines);
}

/** Test processes of Jest, Vitest and node:test seldom have a collector, and show what is said: only an explicit destination turns telemetry on there. */
function isUnitTestWorker(): boolean {
  if (!['JEST_WORKER_ID', 'VITEST_WORKER_ID', 'NODE_TEST_CONTEXT'].some(readText)) return false;
  return !Object.keys(process.env).some(
    (name) => /^OTEL_(?:EXPORTER_OTLP_.*ENDPOINT|TRACES_EXPORTER|LOGS_EXPORTER)$/.test(name) && readText(name),
  );
}

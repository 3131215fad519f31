import { type Context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { toolVersion } from '../engine/plan/toolkit.ts';
import type { SpanScope, Telemetry } from './telemetry.ts';

/** Spans that are sent as OTLP over HTTP, where and how the environment says. */
export function openTelemetry(env: NodeJS.ProcessEnv): Telemetry {
  const stop = startSdk(env);
  return {
    traced: (name, parent, work) => inSpan(name, SpanKind.SERVER, propagation.extract(ROOT_CONTEXT, parent), work),
    below: (name, parent, work) => inSpan(name, SpanKind.INTERNAL, propagation.extract(ROOT_CONTEXT, parent), work),
    stop,
  };
}

/** Starts sending; the result sends what is left and ends it. */
function startSdk(env: NodeJS.ProcessEnv): () => Promise<void> {
  const protocol = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'] || 'http/protobuf';
  if (protocol !== 'http/protobuf' || env['OTEL_TRACES_EXPORTER'] === 'none') {
    if (protocol !== 'http/protobuf') process.stderr.write(`tracewright: ${protocol} is not supported, the server sends no traces\n`);
    return async () => undefined;
  }
  const own = resourceFromAttributes({ 'service.name': 'tracewright-mcp', 'service.version': toolVersion() });
  const resource = defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return async () => {
    await provider.forceFlush({ timeoutMillis: 2_000 }).catch(() => undefined);
    await provider.shutdown().catch(() => undefined);
  };
}

async function inSpan<T>(name: string, kind: SpanKind, parent: Context, work: (scope: SpanScope) => T | Promise<T>): Promise<T> {
  const span = trace.getTracer('tracewright').startSpan(name, { kind }, parent);
  const context = trace.setSpan(parent, span);
  const carrier: Record<string, string> = {};
  propagation.inject(context, carrier);
  const fail = (code: string): void => {
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  };
  try {
    return await work({
      carrier,
      fail,
      set: (attributes) => void span.setAttributes(attributes),
      traced: (part, below) => inSpan(part, SpanKind.INTERNAL, context, below),
    });
  } catch (error) {
    fail(error instanceof Error && 'code' in error ? String(error.code) : 'error');
    throw error;
  } finally {
    span.end();
  }
}

import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { toolVersion } from '../engine/toolkit.ts';

/** Starts sending spans as OTLP over HTTP; the result sends what is left and ends it. */
export async function startSdk(env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
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

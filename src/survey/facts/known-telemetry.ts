import type { Telemetry } from '../../contract/index.ts';

/** A tracer as it looks in a manifest, in source and on a command line. */
export interface KnownTelemetry {
  readonly vendor: Telemetry['vendor'];
  /** npm package names; a `*` at the end stands for the rest. */
  readonly names: readonly string[];
  /** Source that starts it; a mere import of it is not enough. */
  readonly starts: RegExp;
  /** Preloads that start it. */
  readonly preload: RegExp;
  /** Majors below `below` only report errors, unless `traces` is in the source that starts them. */
  readonly reports?: { readonly below: number; readonly traces: RegExp };
}

export const knownTelemetry: readonly KnownTelemetry[] = [
  {
    vendor: 'tracewright',
    names: ['@tracewright/middleware'],
    starts: /['"]@tracewright\/middleware\/register['"]/,
    preload: /tracewright/,
  },
  {
    vendor: 'opentelemetry',
    names: [
      '@opentelemetry/*',
      '@vercel/otel',
      '@fastify/otel',
      '@google-cloud/opentelemetry-*',
      '@azure/monitor-opentelemetry*',
      '@honeycombio/opentelemetry-node',
      '@splunk/otel',
      '@grafana/otel*',
    ],
    starts:
      /new\s+(?:opentelemetry\.|otel\.)?(?:[\w.]+\.)?(?:NodeSDK|NodeTracerProvider|BasicTracerProvider|TracerProvider|HoneycombSDK)\s*\(|\bstartNodeS(?:DK|dk)\s*\(|auto-instrumentations-node\/register|\bregisterOTel\s*\(|\buseAzureMonitor\s*\(/,
    preload: /opentelemetry|@splunk\/otel|(^|\/)(otel|tracing|instrumentation|telemetry)(\.[cm]?js)?$/,
  },
  { vendor: 'datadog', names: ['dd-trace'], starts: /['"]dd-trace(?:\/(?:init|initialize\.mjs|register\.js))?['"]/, preload: /dd-trace/ },
  { vendor: 'newrelic', names: ['newrelic', '@newrelic/*'], starts: /['"]newrelic(?:\/esm-loader\.mjs)?['"]/, preload: /newrelic/ },
  {
    vendor: 'elastic',
    names: ['elastic-apm-node', '@elastic/opentelemetry-node'],
    starts: /['"](?:elastic-apm-node(?:\/start(?:\.js)?)?|@elastic\/opentelemetry-node)['"]/,
    preload: /elastic/,
  },
  {
    vendor: 'sentry',
    names: [
      '@sentry/node',
      '@sentry/opentelemetry',
      '@sentry/nestjs',
      '@sentry/tracing',
      '@sentry/profiling-node',
      '@sentry/serverless',
      '@sentry/node-core',
    ],
    starts: /\bSentry\.init\s*\(|from\s+['"]@sentry\/[\w-]+['"][\s\S]*\binit\s*\(|@sentry\/node\/(?:init|preload)/,
    preload: /sentry/,
    // https://docs.sentry.io/platforms/javascript/guides/node/migration/v7-to-v8/: from 8 on it sets up OpenTelemetry whatever it is told.
    reports: { below: 8, traces: /\btracesSample(?:Rate|r)\b|\benableTracing\b|@sentry\/tracing|\btracing\s*:\s*true/ },
  },
  {
    vendor: 'opentracing',
    names: ['jaeger-client', 'opentracing', 'zipkin', 'zipkin-instrumentation-*', 'lightstep-tracer'],
    starts: /\binitTracer(?:FromEnv)?\s*\(|\bsetGlobalTracer\s*\(|\binitGlobalTracer\s*\(|new\s+(?:zipkin\.)?Tracer\s*\(/,
    preload: /jaeger|opentracing|zipkin/,
  },
  {
    vendor: 'xray',
    names: ['aws-xray-sdk', 'aws-xray-sdk-core', 'aws-xray-sdk-express'],
    starts: /\b(?:openSegment|captureHTTPsGlobal|captureAWS(?:v3Client)?|captureHTTPs|setContextMissingStrategy)\s*\(/,
    preload: /xray/,
  },
  {
    vendor: 'instana',
    names: ['@instana/collector', '@instana/*', 'instana-nodejs-sensor'],
    starts: /require\s*\(\s*['"](?:@instana\/[\w-]+|instana-nodejs-sensor)(?:\/[^'"]*)?['"]\s*\)|from\s+['"]@instana\//,
    preload: /instana/,
  },
  {
    vendor: 'appinsights',
    names: ['applicationinsights'],
    starts:
      /\b(?:appInsights|applicationInsights|insights|ai|client)\b[\s\S]{0,40}?\.(?:setup|start)\s*\(|['"]applicationinsights['"]\s*\)\s*\.setup/i,
    preload: /applicationinsights/,
  },
];

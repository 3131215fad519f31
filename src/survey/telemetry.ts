import type { Evidence, Launch, Package, Survey, Telemetry } from '../contract/index.ts';
import { isInside } from './paths.ts';
import { lineAt, type Reading } from './reading.ts';

interface Known {
  readonly vendor: Telemetry['vendor'];
  /** npm package names; a `*` at the end stands for the rest. */
  readonly names: readonly string[];
  /** Source that starts it; a mere import of it is not enough. */
  readonly starts: RegExp;
  /** Preloads that start it. */
  readonly preload: RegExp;
}

const known: readonly Known[] = [
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
    preload: /opentelemetry|@splunk\/otel|(^|\/)(otel|tracing|instrumentation)(\.[cm]?js)?$/,
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
      'raven',
    ],
    starts: /\bSentry\.init\s*\(|\bRaven\.config\s*\(|from\s+['"]@sentry\/[\w-]+['"][\s\S]*\binit\s*\(|@sentry\/node\/(?:init|preload)/,
    preload: /sentry/,
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

const test = /(^|\/)(tests?|__tests__|spec|e2e|fixtures|__mocks__|examples?|docs)\/|\.(test|spec|e2e)\.[cm]?[jt]sx?$/;

/** Tracers that are declared, and whether something starts them. */
export function findTelemetry(
  reading: Reading,
  packages: readonly Package[],
  launches: readonly Launch[],
  entries: readonly string[],
): Telemetry[] {
  return packages.flatMap((owner) => known.flatMap((each) => telemetryOf(reading, owner, each, packages, launches, entries)));
}

function nameMatches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

function telemetryOf(
  reading: Reading,
  owner: Package,
  vendor: Known,
  packages: readonly Package[],
  launches: readonly Launch[],
  entries: readonly string[],
): Telemetry[] {
  const declared = owner.dependencies.filter((each) => vendor.names.some((name) => nameMatches(name, each.name)));
  const started = startedIn(reading, owner, vendor, packages, entries) ?? preloaded(owner, vendor, packages, launches);
  const [first] = declared;
  if (!first && !started) return [];
  const name =
    (started && declared.find((each) => started.text.includes(each.name))?.name) ?? first?.name ?? started?.name ?? vendor.vendor;
  const rest = declared
    .filter((each) => each.name !== name)
    .map((each) => ({ vendor: vendor.vendor, package: owner.dir, name: each.name, state: 'declared' as const, evidence: each.evidence }));
  const evidence = started?.evidence ?? first?.evidence;
  if (!evidence) return rest;
  return [{ vendor: vendor.vendor, package: owner.dir, name, state: started ? 'started' : 'declared', evidence }, ...rest];
}

interface Started {
  readonly evidence: Evidence;
  readonly text: string;
  readonly name?: string;
}

function startedIn(
  reading: Reading,
  owner: Package,
  vendor: Known,
  packages: readonly Package[],
  entries: readonly string[],
): Started | undefined {
  const needles = vendor.names.map((name) => name.replace(/\*$/, ''));
  const files = reading.once(`mentions ${vendor.vendor}`, () => reading.repo.mentioning(needles));
  for (const file of files) {
    if (test.test(file) || !isOwned(owner, packages, file)) continue;
    const text = (reading.repo.read(file) ?? '').replace(/\/\*[\s\S]*?\*\/|(?<![:'"\\])\/\/.*$/gm, (comment) =>
      comment.replace(/[^\n]/g, ' '),
    );
    const hit = vendor.starts.exec(text);
    const name = needles.find((needle) => text.includes(`'${needle}`) || text.includes(`"${needle}`));
    if (hit && name !== undefined && isLoaded(reading, file, entries))
      return {
        evidence: { file, line: lineAt(text, hit.index) },
        text,
        name: vendor.vendor === 'opentelemetry' ? '@opentelemetry/sdk-node' : name,
      };
  }
  return undefined;
}

/** A file that nothing refers to by its name is dormant. */
function isLoaded(reading: Reading, file: string, entries: readonly string[]): boolean {
  if (entries.includes(file)) return true;
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const name = stem === 'index' ? (file.split('/').at(-2) ?? stem) : stem;
  const reference = new RegExp(`['"](?:[^'"\\n]*/)?${name.replace(/[.*+?^$\\{}()|[\]]/g, '\\$&')}(?:/index)?(?:\\.[cm]?[jt]s)?['"]`);
  const referrers = reading.repo.mentioning([name]).filter((each) => each !== file);
  if (referrers.some((each) => reference.test(reading.repo.read(each) ?? ''))) return true;
  const commands = reading.repo.files.filter((each) =>
    /(^|\/)(package\.json|Procfile|Dockerfile[^/]*|nodemon\.json|[^/]*\.sh|(docker-)?compose[^/]*\.ya?ml|ecosystem[^/]*)$/.test(each),
  );
  const written = new RegExp(`(?:-r|--require|--import|NODE_OPTIONS)[^\\n]*\\b${name.replace(/[.*+?^$\\{}()|[\]]/g, '\\$&')}\\b`);
  return commands.some((each) => written.test(reading.repo.read(each) ?? ''));
}

function isOwned(owner: Package, packages: readonly Package[], file: string): boolean {
  if (!isInside(owner.dir, file)) return false;
  return !packages.some((each) => each.dir.length > owner.dir.length && isInside(owner.dir, each.dir) && isInside(each.dir, file));
}

function preloaded(owner: Package, vendor: Known, packages: readonly Package[], launches: readonly Launch[]): Started | undefined {
  for (const launch of launches) {
    const preload = launch.preloads?.find((each) => !each.startsWith('.') && vendor.preload.test(each));
    if (preload !== undefined && isOwned(owner, packages, launch.entry ?? launch.cwd))
      return { evidence: launch.evidence, text: preload, name: preload.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1') };
  }
  return undefined;
}

const loggers = [
  'winston',
  'pino',
  'bunyan',
  'log4js',
  'morgan',
  'debug',
  'pino-http',
  'express-winston',
  'loglevel',
  'signale',
  'consola',
  'tracer',
  'npmlog',
];

/** Logger packages that a package declares. */
export function findLoggers(packages: readonly Package[]): Survey['loggers'] {
  return packages.flatMap(({ dir, dependencies }) =>
    dependencies
      .filter((each) => each.section !== 'devDependencies' && loggers.includes(each.name))
      .map(({ name, evidence }) => ({ package: dir, name, evidence })),
  );
}

import { randomBytes } from 'crypto';
import { hostname } from 'os';
import { readPairs, readText } from '../environment';
import type { Resource, ResourcesSdk } from '../otel';

/** What AWS Lambda says of the function that runs. */
const LAMBDA = [
  ['AWS_LAMBDA_FUNCTION_NAME', 'faas.name'],
  ['AWS_LAMBDA_FUNCTION_VERSION', 'faas.version'],
  ['AWS_LAMBDA_LOG_STREAM_NAME', 'faas.instance'],
  ['AWS_REGION', 'cloud.region'],
] as const;

/** service.name: OTEL_SERVICE_NAME, then OTEL_RESOURCE_ATTRIBUTES, then the option. */
export function createResource(sdk: ResourcesSdk, serviceName: string, serviceVersion: string | undefined): Resource {
  const attributes: Record<string, unknown> = {
    'host.name': hostname(),
    'process.pid': process.pid,
    'process.runtime.name': 'nodejs',
    'process.runtime.version': process.versions.node,
    'service.instance.id': randomId(),
    'service.name': serviceName,
  };
  // Of two programs of one package this is all that differs; what follows it on the command line may be a secret.
  if (process.argv[1]) attributes['process.command'] = process.argv[1];
  if (serviceVersion) attributes['service.version'] = serviceVersion;
  if (readText('AWS_LAMBDA_FUNCTION_NAME') !== undefined) Object.assign(attributes, lambdaAttributes());
  Object.assign(attributes, readPairs('OTEL_RESOURCE_ATTRIBUTES'));
  const name = readText('OTEL_SERVICE_NAME');
  if (name !== undefined) attributes['service.name'] = name;
  if (sdk.resourceFromAttributes && sdk.defaultResource) return sdk.defaultResource().merge(sdk.resourceFromAttributes(attributes));
  if (sdk.Resource) return sdk.Resource.default().merge(new sdk.Resource(attributes));
  throw new Error('@opentelemetry/resources has neither resourceFromAttributes nor Resource');
}

function lambdaAttributes(): Record<string, unknown> {
  const attributes: Record<string, unknown> = { 'cloud.provider': 'aws', 'cloud.platform': 'aws_lambda' };
  for (const [variable, name] of LAMBDA) if (readText(variable) !== undefined) attributes[name] = readText(variable);
  return attributes;
}

/** A random UUID (version 4) of this process; Node 14.0 has no `randomUUID` yet. */
function randomId(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] || 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] || 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

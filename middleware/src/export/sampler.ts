import { readText } from '../environment';
import type { TraceSdk } from '../otel';

/** OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG; parentbased_always_on by default. */
export function createSampler(sdk: TraceSdk, warn: (text: string) => void): unknown {
  const name = (readText('OTEL_TRACES_SAMPLER') || 'parentbased_always_on').toLowerCase();
  const plain = name.replace(/^parentbased_/, '');
  const root = createRoot(sdk, plain);
  if (root === undefined) {
    warn(`OTEL_TRACES_SAMPLER=${name} is not known, parentbased_always_on is used`);
    return new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() });
  }
  return plain === name ? root : new sdk.ParentBasedSampler({ root });
}

function createRoot(sdk: TraceSdk, name: string): unknown {
  if (name === 'always_on') return new sdk.AlwaysOnSampler();
  if (name === 'always_off') return new sdk.AlwaysOffSampler();
  if (name === 'traceidratio') return new sdk.TraceIdRatioBasedSampler(readRatio());
  return undefined;
}

function readRatio(): number {
  const ratio = Number(readText('OTEL_TRACES_SAMPLER_ARG') ?? '1');
  return ratio >= 0 && ratio <= 1 ? ratio : 1;
}

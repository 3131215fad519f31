import { join } from 'node:path';
import { expect, it } from 'vitest';
import { observeClient } from './client-spans.ts';

const cwd = join(import.meta.dirname, 'fixtures/imports');

it('makes the CLIENT spans that the official instrumentations make, in the same context', async () => {
  const ours = await observeClient({ cwd }, false);
  const official = await observeClient({ cwd }, true);
  expect(ours.spans).toEqual(official.spans);
  expect(ours.seen).toEqual(official.seen);
  expect([ours.scopes, official.scopes]).toEqual([
    ['@tracewright/middleware'],
    ['@opentelemetry/instrumentation-http', '@opentelemetry/instrumentation-undici'],
  ]);
});

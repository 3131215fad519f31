import { createRequire } from 'node:module';
import { type Attributes, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeProtobuf } from '../../src/trace/decode-body.ts';
import { withFastSpans } from '../dist/export/span-encoder.js';

const { ProtobufTraceSerializer } = createRequire(createRequire(import.meta.url).resolve('@opentelemetry/exporter-trace-otlp-proto'))(
  '@opentelemetry/otlp-transformer',
);

interface Shape {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly scope: string;
  readonly failure: string | undefined;
  readonly event: boolean;
  readonly child: boolean;
  readonly tracestate: boolean;
  readonly nanos: number;
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ minLength: 50, maxLength: 300 }),
  fc.constant('x'.repeat(20_000)),
);
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.nat(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
);
const shape: fc.Arbitrary<Shape> = fc.record({
  name: text,
  kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CONSUMER),
  attributes: fc.dictionary(fc.oneof(fc.string({ minLength: 1, maxLength: 10 }), fc.constant('http.request.method')), value, {
    maxKeys: 12,
  }),
  scope: fc.constantFrom('one', 'two'),
  failure: fc.option(text, { nil: undefined }),
  event: fc.boolean(),
  child: fc.boolean(),
  tracestate: fc.boolean(),
  nanos: fc.integer({ min: 0, max: 999_999_999 }),
});

function createSpans(shapes: readonly Shape[], resource: Attributes): Span[] {
  const provider = new TracerProvider({ resource: resourceFromAttributes(resource) });
  return shapes.map(({ name, kind, attributes, scope, failure, event, child, tracestate, nanos }) => {
    const traceState = tracestate ? trace.wrapSpanContext(REMOTE).spanContext().traceState : undefined;
    const parent = child ? trace.setSpanContext(ROOT_CONTEXT, { ...REMOTE, ...(traceState ? { traceState } : {}) }) : ROOT_CONTEXT;
    const span = provider.getTracer(scope, '1.2.3').startSpan(name, { kind, attributes, startTime: [1_795_000_000, nanos] }, parent);
    if (event) span.addEvent('happened', { at: 1 });
    if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    span.end([1_795_000_001, 999_999_999 - nanos]);
    return span;
  });
}

const REMOTE = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true };

/** Every span with its resource and scope, without fields that only say the default, in one order. */
async function read(body: Uint8Array): Promise<string[]> {
  const request = await decodeProtobuf('traces', new Uint8Array(body));
  const found: string[] = [];
  const { resourceSpans = [] }: { resourceSpans?: { resource: object; scopeSpans: { scope: object; spans: object[] }[] }[] } = JSON.parse(
    JSON.stringify(request, withoutDefaults),
  );
  for (const { resource, scopeSpans } of resourceSpans)
    for (const { scope, spans } of scopeSpans) for (const span of spans) found.push(JSON.stringify({ resource, scope, span }));
  return found.sort();
}

function withoutDefaults(_key: string, part: unknown): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(
    Object.entries(part).filter(([key, inner]) => key.endsWith('Value') || !(inner === 0 || inner === '' || isEmptyStatus(key, inner))),
  );
}

function isEmptyStatus(key: string, inner: unknown): boolean {
  return key === 'status' && ['{}', '{"code":0}'].includes(JSON.stringify(inner));
}

it('says what the official serializer says, for every span', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(shape, { minLength: 1, maxLength: 8 }), fc.boolean(), async (shapes, odd) => {
      const spans = createSpans(shapes, { 'service.name': 'shöp', 'process.pid': 7, ...(odd ? { list: ['a'] } : {}) });
      const body = withFastSpans(ProtobufTraceSerializer).serializeRequest(spans);
      expect(await read(body ?? new Uint8Array())).toEqual(await read(ProtobufTraceSerializer.serializeRequest(spans)));
    }),
    { numRuns: 200 },
  );
});

it('asks the official serializer only for what is not plain', () => {
  const asked: unknown[] = [];
  const official = { serializeRequest: (items: unknown[]) => void asked.push(...items), deserializeResponse: () => ({}) };
  const base = { name: 'GET /', kind: SpanKind.SERVER, scope: 'one', failure: undefined, child: true, tracestate: false, nanos: 1 };
  const plain = { ...base, event: false, attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200 } };
  const spans = createSpans([plain, { ...plain, event: true }, { ...plain, attributes: { ratio: 0.5 } }], { 'service.name': 'shop' });
  withFastSpans(official).serializeRequest(spans);
  expect(asked).toEqual(spans.slice(1));
});

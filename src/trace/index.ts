export { buildTraces, type SpanNode, type Trace, walkSpans } from './build-traces.ts';
export { type CompareOptions, compareGolden } from './compare-golden.ts';
export type { Difference, SpanPath } from './difference.ts';
export { type Golden, type GoldenTrace, parseGolden, writeGolden } from './golden.ts';
export { labelOf, type NormalFormOptions, type NormalSpan, normalizeTrace } from './normal-form.ts';
export { type Drops, type Received, type Receiver, type ReceiverOptions, startReceiver } from './receiver.ts';
export type { Attributes, AttributeValue, LogRecord, SpanKind, SpanRecord } from './records.ts';
export { renderDifferences } from './render-differences.ts';
export { type RenderTraceOptions, renderTrace } from './render-trace.ts';

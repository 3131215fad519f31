import { type AttributeValue, labelOf, type SpanNode, type Trace, walkSpans } from '../trace/index.ts';

/** `orders SERVER GET /orders/:id`, `SERVER GET /orders/:id`, the name alone, or what is known of the span. */
export type SpanPattern =
  | string
  | {
      readonly service?: string;
      readonly kind?: 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER' | 'INTERNAL';
      readonly name?: string | RegExp;
      readonly status?: 'UNSET' | 'OK' | 'ERROR';
      readonly attributes?: Readonly<Record<string, AttributeValue | RegExp>>;
    };

function fits(expected: AttributeValue | RegExp | undefined, actual: AttributeValue | undefined): boolean {
  if (expected === undefined) return true;
  return expected instanceof RegExp ? expected.test(String(actual)) : JSON.stringify(expected) === JSON.stringify(actual);
}

function matches(pattern: SpanPattern, { span }: SpanNode): boolean {
  if (typeof pattern === 'string') return [labelOf(span), `${span.kind} ${span.name}`, span.name].includes(pattern);
  const attributes = Object.entries(pattern.attributes ?? {}).every(([key, value]) => fits(value, span.attributes[key]));
  return attributes && (['service', 'kind', 'name', 'status'] as const).every((key) => fits(pattern[key], span[key]));
}

/** Every span of some traces, orphans included. */
export function spansOf(traces: readonly Trace[]): SpanNode[] {
  return traces.flatMap(({ roots, orphans }) => [...walkSpans([...roots, ...orphans])]);
}

export function findSpan(traces: readonly Trace[], pattern: SpanPattern): SpanNode | undefined {
  return spansOf(traces).find((node) => matches(pattern, node));
}

export function showPattern(pattern: SpanPattern): string {
  return typeof pattern === 'string'
    ? pattern
    : JSON.stringify(pattern, (_key, value) => (value instanceof RegExp ? String(value) : value));
}

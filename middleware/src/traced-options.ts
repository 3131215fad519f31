import { type Link, propagation, ROOT_CONTEXT, type SpanContext, SpanKind, type SpanOptions, trace } from '@opentelemetry/api';

const KINDS: Record<string, SpanKind> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** What cannot be read is left out: the call goes on. */
export function spanOptions(options: object | undefined, args: unknown[]): SpanOptions {
  const { kind, links, attributes }: { kind?: string; links?: unknown; attributes?: unknown } = options || {};
  const others = computed(links, args);
  return {
    kind: KINDS[String(kind)],
    attributes: copyOf(computed(attributes, args)),
    links: Array.isArray(others) ? others.map(linkTo).filter(isLink) : [],
  };
}

function computed(given: unknown, args: unknown[]): unknown {
  if (typeof given !== 'function') return given;
  try {
    return given(...args);
  } catch {
    return undefined;
  }
}

function copyOf(attributes: unknown): SpanOptions['attributes'] {
  try {
    return { ...Object(attributes) };
  } catch {
    return {};
  }
}

function linkTo(other: unknown): Link | undefined {
  try {
    const context = contextOf(other);
    return context && { context };
  } catch {
    return undefined;
  }
}

function contextOf(other: unknown): SpanContext | undefined {
  if (typeof other !== 'object' || other === null) return undefined;
  if ('spanContext' in other && typeof other.spanContext === 'function') return other.spanContext();
  return trace.getSpanContext(propagation.extract(ROOT_CONTEXT, other));
}

function isLink(link: Link | undefined): link is Link {
  return link !== undefined;
}

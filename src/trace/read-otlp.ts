import { isRecord } from '../contract/record.ts';
import type { Attributes, AttributeValue, LogRecord, SpanKind, SpanRecord, StatusCode } from './records.ts';

type Fields = Readonly<Record<string, unknown>>;

const kinds: readonly SpanKind[] = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const statuses: readonly StatusCode[] = ['UNSET', 'OK', 'ERROR'];
const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

function fields(value: unknown, where: string): Fields {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw new TypeError(`${where} is not an object`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new TypeError(`${where} is not a list`);
}

function text(value: unknown, where: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw new TypeError(`${where} is not a string`);
}

/** Ids are hex in OTLP/JSON and bytes in protobuf; all zeros means "none". */
function id(value: unknown, bytes: number, where: string): string {
  if (value === undefined || value === null || value === '') return '';
  const hex = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : text(value, where).toLowerCase();
  if (hex === '') return '';
  if (hex.length !== bytes * 2 || !/^[0-9a-f]+$/.test(hex)) throw new TypeError(`${where} is not ${bytes * 2} hex digits`);
  return /^0+$/.test(hex) ? '' : hex;
}

function named<T>(names: readonly T[], value: unknown, prefix: string, fallback: T): T {
  if (typeof value === 'string') return names.find((name) => `${prefix}${String(name)}` === value) ?? fallback;
  return (typeof value === 'number' ? names[value] : undefined) ?? fallback;
}

function nanoseconds(value: unknown): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : 0n;
}

function integer(value: unknown): AttributeValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function bytes(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value);
}

/** One OTLP AnyValue as plain JSON. */
function anyValue(value: unknown): AttributeValue {
  const any = fields(value, 'an attribute value');
  if (typeof any['stringValue'] === 'string') return any['stringValue'];
  if (typeof any['boolValue'] === 'boolean') return any['boolValue'];
  if (any['intValue'] !== undefined) return integer(any['intValue']);
  if (any['doubleValue'] !== undefined) return typeof any['doubleValue'] === 'number' ? any['doubleValue'] : String(any['doubleValue']);
  if (any['arrayValue'] !== undefined) return list(fields(any['arrayValue'], 'arrayValue')['values'], 'arrayValue.values').map(anyValue);
  if (any['kvlistValue'] !== undefined) return keyValues(fields(any['kvlistValue'], 'kvlistValue')['values'], 'kvlistValue.values');
  return any['bytesValue'] === undefined ? null : bytes(any['bytesValue']);
}

function keyValues(value: unknown, where: string): Attributes {
  const pairs = list(value, where).map((item): [string, AttributeValue] => {
    const pair = fields(item, `an entry of ${where}`);
    return [text(pair['key'], `a key of ${where}`), anyValue(pair['value'])];
  });
  return Object.fromEntries(pairs);
}

interface Origin {
  readonly service: string;
  readonly resource: Attributes;
  readonly scope: string;
}

/** Walks resource -> scope -> record, the nesting all three signals share. */
function* walk(request: unknown, names: readonly [string, string, string]): Generator<{ origin: Origin; record: Fields }> {
  const [resources, scopes, records] = names;
  if (!isRecord(request)) throw new TypeError('The body is not an export request');
  for (const outer of list(request[resources], resources)) {
    const group = fields(outer, `an entry of ${resources}`);
    const resource = keyValues(fields(group['resource'], 'resource')['attributes'], 'resource.attributes');
    const service = typeof resource['service.name'] === 'string' ? resource['service.name'] : 'unknown_service';
    for (const inner of list(group[scopes], scopes)) {
      const set = fields(inner, `an entry of ${scopes}`);
      const scope = text(fields(set['scope'], 'scope')['name'], 'scope.name');
      for (const record of list(set[records], records))
        yield { origin: { service, resource, scope }, record: fields(record, `an entry of ${records}`) };
    }
  }
}

function readSpan(origin: Origin, span: Fields): SpanRecord {
  const start = nanoseconds(span['startTimeUnixNano']);
  const end = nanoseconds(span['endTimeUnixNano']);
  const traceId = id(span['traceId'], 16, 'traceId');
  const spanId = id(span['spanId'], 8, 'spanId');
  if (traceId === '' || spanId === '') throw new TypeError('A span has no traceId or no spanId');
  return {
    traceId,
    spanId,
    parentSpanId: id(span['parentSpanId'], 8, 'parentSpanId'),
    ...origin,
    name: text(span['name'], 'name'),
    kind: named(kinds, span['kind'], 'SPAN_KIND_', 'UNSPECIFIED'),
    status: named(statuses, fields(span['status'], 'status')['code'], 'STATUS_CODE_', 'UNSET'),
    attributes: keyValues(span['attributes'], 'attributes'),
    events: list(span['events'], 'events').map((item) => {
      const event = fields(item, 'an entry of events');
      return { name: text(event['name'], 'events.name'), attributes: keyValues(event['attributes'], 'events.attributes') };
    }),
    links: list(span['links'], 'links').map((item) => {
      const link = fields(item, 'an entry of links');
      return {
        traceId: id(link['traceId'], 16, 'links.traceId'),
        spanId: id(link['spanId'], 8, 'links.spanId'),
        attributes: keyValues(link['attributes'], 'links.attributes'),
      };
    }),
    startMs: Number(start / 1000n) / 1000,
    durationMs: end > start ? Number(end - start) / 1e6 : 0,
  };
}

/** Severity as one of the six OTel names: exporters write number, text or both. */
function severity(record: Fields): string {
  const number = record['severityNumber'];
  if (typeof number === 'number' && number >= 1 && number <= 24) return severities[Math.floor((number - 1) / 4)] ?? '';
  const label = text(record['severityText'], 'severityText').toUpperCase();
  return severities.find((name) => label.startsWith(name)) ?? label;
}

function readLog(origin: Origin, record: Fields): LogRecord {
  const attributes = keyValues(record['attributes'], 'attributes');
  const eventName = text(record['eventName'], 'eventName');
  const legacy = attributes['event.name'];
  return {
    traceId: id(record['traceId'], 16, 'traceId'),
    spanId: id(record['spanId'], 8, 'spanId'),
    ...origin,
    event: eventName === '' && typeof legacy === 'string' ? legacy : eventName,
    severity: severity(record),
    body: record['body'] === undefined ? null : anyValue(record['body']),
    attributes,
  };
}

/** Reads an ExportTraceServiceRequest; throws TypeError naming what is malformed. */
export function readSpans(request: unknown): SpanRecord[] {
  return [...walk(request, ['resourceSpans', 'scopeSpans', 'spans'])].map(({ origin, record }) => readSpan(origin, record));
}

/** Reads an ExportLogsServiceRequest. */
export function readLogs(request: unknown): LogRecord[] {
  return [...walk(request, ['resourceLogs', 'scopeLogs', 'logRecords'])].map(({ origin, record }) => readLog(origin, record));
}

/** Metrics are accepted so that exporters stay quiet; only their number is kept. */
export function countMetrics(request: unknown): number {
  return [...walk(request, ['resourceMetrics', 'scopeMetrics', 'metrics'])].length;
}

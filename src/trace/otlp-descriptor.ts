import type { INamespace } from 'protobufjs';
import { type Message, many, one } from './otlp-fields.ts';
import { metrics } from './otlp-metrics.ts';

const values: Record<string, Message> = {
  AnyValue: {
    oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue'] } },
    fields: {
      stringValue: one(1, 'string'),
      boolValue: one(2, 'bool'),
      intValue: one(3, 'int64'),
      doubleValue: one(4, 'double'),
      arrayValue: one(5, 'ArrayValue'),
      kvlistValue: one(6, 'KeyValueList'),
      bytesValue: one(7, 'bytes'),
    },
  },
  ArrayValue: { fields: { values: many(1, 'AnyValue') } },
  KeyValueList: { fields: { values: many(1, 'KeyValue') } },
  KeyValue: { fields: { key: one(1, 'string'), value: one(2, 'AnyValue') } },
  Scope: {
    fields: {
      name: one(1, 'string'),
      version: one(2, 'string'),
      attributes: many(3, 'KeyValue'),
      droppedAttributesCount: one(4, 'uint32'),
    },
  },
  Resource: { fields: { attributes: many(1, 'KeyValue'), droppedAttributesCount: one(2, 'uint32'), entityRefs: many(3, 'EntityRef') } },
  EntityRef: {
    fields: { schemaUrl: one(1, 'string'), type: one(2, 'string'), idKeys: many(3, 'string'), descriptionKeys: many(4, 'string') },
  },
};

const traces: Record<string, Message> = {
  TracesRequest: { fields: { resourceSpans: many(1, 'ResourceSpans') } },
  ResourceSpans: { fields: { resource: one(1, 'Resource'), scopeSpans: many(2, 'ScopeSpans'), schemaUrl: one(3, 'string') } },
  ScopeSpans: { fields: { scope: one(1, 'Scope'), spans: many(2, 'Span'), schemaUrl: one(3, 'string') } },
  Span: {
    fields: {
      traceId: one(1, 'bytes'),
      spanId: one(2, 'bytes'),
      traceState: one(3, 'string'),
      parentSpanId: one(4, 'bytes'),
      name: one(5, 'string'),
      kind: one(6, 'int32'),
      startTimeUnixNano: one(7, 'fixed64'),
      endTimeUnixNano: one(8, 'fixed64'),
      attributes: many(9, 'KeyValue'),
      droppedAttributesCount: one(10, 'uint32'),
      events: many(11, 'Event'),
      droppedEventsCount: one(12, 'uint32'),
      links: many(13, 'Link'),
      droppedLinksCount: one(14, 'uint32'),
      status: one(15, 'Status'),
      flags: one(16, 'fixed32'),
    },
  },
  Event: {
    fields: {
      timeUnixNano: one(1, 'fixed64'),
      name: one(2, 'string'),
      attributes: many(3, 'KeyValue'),
      droppedAttributesCount: one(4, 'uint32'),
    },
  },
  Link: {
    fields: {
      traceId: one(1, 'bytes'),
      spanId: one(2, 'bytes'),
      traceState: one(3, 'string'),
      attributes: many(4, 'KeyValue'),
      droppedAttributesCount: one(5, 'uint32'),
      flags: one(6, 'fixed32'),
    },
  },
  Status: { fields: { message: one(2, 'string'), code: one(3, 'int32') } },
};

const logs: Record<string, Message> = {
  LogsRequest: { fields: { resourceLogs: many(1, 'ResourceLogs') } },
  ResourceLogs: { fields: { resource: one(1, 'Resource'), scopeLogs: many(2, 'ScopeLogs'), schemaUrl: one(3, 'string') } },
  ScopeLogs: { fields: { scope: one(1, 'Scope'), logRecords: many(2, 'LogRecord'), schemaUrl: one(3, 'string') } },
  LogRecord: {
    fields: {
      timeUnixNano: one(1, 'fixed64'),
      severityNumber: one(2, 'int32'),
      severityText: one(3, 'string'),
      body: one(5, 'AnyValue'),
      attributes: many(6, 'KeyValue'),
      droppedAttributesCount: one(7, 'uint32'),
      flags: one(8, 'fixed32'),
      traceId: one(9, 'bytes'),
      spanId: one(10, 'bytes'),
      observedTimeUnixNano: one(11, 'fixed64'),
      eventName: one(12, 'string'),
    },
  },
};

/** OTLP 1.x without profiles; field numbers as in opentelemetry-proto. Unknown fields are skipped by the decoder. */
export const otlpDescriptor: INamespace = { nested: { ...values, ...traces, ...logs, ...metrics } };

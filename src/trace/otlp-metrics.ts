import { type Message, many, one } from './otlp-fields.ts';

const times = { startTimeUnixNano: one(2, 'fixed64'), timeUnixNano: one(3, 'fixed64') };
const number = { oneof: ['asDouble', 'asInt'] };

/** Metrics of OTLP 1.x, whole: they are written on as they came. */
export const metrics: Record<string, Message> = {
  MetricsRequest: { fields: { resourceMetrics: many(1, 'ResourceMetrics') } },
  ResourceMetrics: { fields: { resource: one(1, 'Resource'), scopeMetrics: many(2, 'ScopeMetrics'), schemaUrl: one(3, 'string') } },
  ScopeMetrics: { fields: { scope: one(1, 'Scope'), metrics: many(2, 'Metric'), schemaUrl: one(3, 'string') } },
  Metric: {
    oneofs: { data: { oneof: ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] } },
    fields: {
      name: one(1, 'string'),
      description: one(2, 'string'),
      unit: one(3, 'string'),
      gauge: one(5, 'Gauge'),
      sum: one(7, 'Sum'),
      histogram: one(9, 'Histogram'),
      exponentialHistogram: one(10, 'ExponentialHistogram'),
      summary: one(11, 'Summary'),
      metadata: many(12, 'KeyValue'),
    },
  },
  Gauge: { fields: { dataPoints: many(1, 'NumberDataPoint') } },
  Sum: { fields: { dataPoints: many(1, 'NumberDataPoint'), aggregationTemporality: one(2, 'int32'), isMonotonic: one(3, 'bool') } },
  Histogram: { fields: { dataPoints: many(1, 'HistogramDataPoint'), aggregationTemporality: one(2, 'int32') } },
  ExponentialHistogram: { fields: { dataPoints: many(1, 'ExponentialHistogramDataPoint'), aggregationTemporality: one(2, 'int32') } },
  Summary: { fields: { dataPoints: many(1, 'SummaryDataPoint') } },
  NumberDataPoint: {
    oneofs: { value: number },
    fields: {
      ...times,
      asDouble: one(4, 'double'),
      exemplars: many(5, 'Exemplar'),
      asInt: one(6, 'sfixed64'),
      attributes: many(7, 'KeyValue'),
      flags: one(8, 'uint32'),
    },
  },
  HistogramDataPoint: {
    fields: {
      ...times,
      count: one(4, 'fixed64'),
      sum: one(5, 'double'),
      bucketCounts: many(6, 'fixed64'),
      explicitBounds: many(7, 'double'),
      exemplars: many(8, 'Exemplar'),
      attributes: many(9, 'KeyValue'),
      flags: one(10, 'uint32'),
      min: one(11, 'double'),
      max: one(12, 'double'),
    },
  },
  ExponentialHistogramDataPoint: {
    fields: {
      attributes: many(1, 'KeyValue'),
      ...times,
      count: one(4, 'fixed64'),
      sum: one(5, 'double'),
      scale: one(6, 'sint32'),
      zeroCount: one(7, 'fixed64'),
      positive: one(8, 'Buckets'),
      negative: one(9, 'Buckets'),
      flags: one(10, 'uint32'),
      exemplars: many(11, 'Exemplar'),
      min: one(12, 'double'),
      max: one(13, 'double'),
      zeroThreshold: one(14, 'double'),
    },
  },
  Buckets: { fields: { offset: one(1, 'sint32'), bucketCounts: many(2, 'uint64') } },
  SummaryDataPoint: {
    fields: {
      ...times,
      count: one(4, 'fixed64'),
      sum: one(5, 'double'),
      quantileValues: many(6, 'ValueAtQuantile'),
      attributes: many(7, 'KeyValue'),
      flags: one(8, 'uint32'),
    },
  },
  ValueAtQuantile: { fields: { quantile: one(1, 'double'), value: one(2, 'double') } },
  Exemplar: {
    oneofs: { value: number },
    fields: {
      timeUnixNano: one(2, 'fixed64'),
      asDouble: one(3, 'double'),
      spanId: one(4, 'bytes'),
      traceId: one(5, 'bytes'),
      asInt: one(6, 'sfixed64'),
      filteredAttributes: many(7, 'KeyValue'),
    },
  },
};

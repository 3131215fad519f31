import { type Context, context, type Span, TraceFlags } from '@opentelemetry/api';
import { noteInner } from '../frameworks/inner-errors';
import type { Exporter, LogProcessor, LogRecord, SpanProcessor } from '../otel';
import { cancel, later } from '../platform';

export interface BatchLimits {
  readonly scheduledDelayMillis?: number;
  readonly maxQueueSize?: number;
  readonly maxExportBatchSize?: number;
}

type Suppress = (context: Context) => Context;

/**
 * Collects spans or log records and exports them in batches: by size, by time, on flush. The same on every SDK line,
 * and unlike the SDK's own it has no timer that keeps a program alive while a collector does not answer.
 */
class Batch<T> {
  private queue: T[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly exporter: Exporter;
  private readonly suppress: Suppress;
  private readonly delay: number;
  private readonly size: number;

  constructor(exporter: Exporter, suppress: Suppress, delay: number, limits: BatchLimits) {
    this.exporter = exporter;
    this.suppress = suppress;
    this.delay = limits.scheduledDelayMillis ?? delay;
    // A full batch is sent at once, so the queue is never longer than that.
    this.size = Math.min(limits.maxExportBatchSize ?? 512, limits.maxQueueSize ?? 2048);
  }

  async forceFlush(): Promise<void> {
    this.send();
    if (this.exporter.forceFlush) await this.exporter.forceFlush();
  }

  async shutdown(): Promise<void> {
    this.send();
    await this.exporter.shutdown();
  }

  protected add(item: T): void {
    this.queue.push(item);
    if (this.queue.length >= this.size) this.send();
    else if (this.timer === undefined) {
      this.timer = later(() => this.send(), this.delay);
      this.timer.unref();
    }
  }

  private send(): void {
    if (this.timer !== undefined) cancel(this.timer);
    this.timer = undefined;
    if (this.queue.length === 0) return;
    const batch = this.queue;
    this.queue = [];
    // The export's own request must not become a span.
    context.with(this.suppress(context.active()), () => this.exporter.export(batch, () => undefined));
  }
}

/** Five seconds between exports, as the SDK's own. */
export class SpanBatch extends Batch<Span> implements SpanProcessor {
  constructor(exporter: Exporter, suppress: Suppress, limits: BatchLimits) {
    super(exporter, suppress, 5000, limits);
  }

  onStart(): void {}

  onEnd(span: Span): void {
    noteInner(span);
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) this.add(span);
  }
}

/** One second between exports. */
export class LogBatch extends Batch<LogRecord> implements LogProcessor {
  constructor(exporter: Exporter, suppress: Suppress, limits: BatchLimits) {
    super(exporter, suppress, 1000, limits);
  }

  onEmit(record: LogRecord): void {
    this.add(record);
  }
}

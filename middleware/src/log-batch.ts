import { type Context, context } from '@opentelemetry/api';
import type { Exporter, LogProcessor, LogRecord } from './otel';

export interface BatchLimits {
  readonly scheduledDelayMillis?: number;
  readonly maxQueueSize?: number;
  readonly maxExportBatchSize?: number;
}

type Suppress = (context: Context) => Context;

/** Collects log records and exports them in batches: by size, by time, on flush. The same on every SDK line. */
export class LogBatch implements LogProcessor {
  private queue: LogRecord[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly exporter: Exporter;
  private readonly suppress: Suppress;
  private readonly delay: number;
  private readonly capacity: number;
  private readonly size: number;

  constructor(exporter: Exporter, suppress: Suppress, limits: BatchLimits) {
    this.exporter = exporter;
    this.suppress = suppress;
    this.delay = limits.scheduledDelayMillis ?? 1000;
    this.capacity = limits.maxQueueSize ?? 2048;
    this.size = limits.maxExportBatchSize ?? 512;
  }

  onEmit(record: LogRecord): void {
    if (this.queue.length >= this.capacity) return;
    this.queue.push(record);
    if (this.queue.length === this.size) this.send();
    else if (this.timer === undefined) this.timer = setTimeout(() => this.send(), this.delay).unref();
  }

  async forceFlush(): Promise<void> {
    this.send();
  }

  async shutdown(): Promise<void> {
    this.send();
    await this.exporter.shutdown();
  }

  private send(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, this.size);
      // The export's own request must not become a span.
      context.with(this.suppress(context.active()), () => this.exporter.export(batch, () => undefined));
    }
  }
}

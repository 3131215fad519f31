import { diag } from '@opentelemetry/api';
import type { Exporter, ExportResult } from './otel';

/** Creates the real exporter at the first export: loading it would double the start-up time of a small program. */
export class LazyExporter implements Exporter {
  private readonly pending = new Map<Promise<void>, unknown[]>();
  private captured: unknown[] | undefined;
  private failed = false;
  private hurries = 0;
  private readonly create: () => Exporter;
  private real: Exporter | undefined;

  constructor(create: () => Exporter) {
    this.create = create;
  }

  export(items: unknown[], done: (result: ExportResult) => void): void {
    if (this.captured !== undefined) {
      this.captured.push(...items);
      done({ code: 0 });
      return;
    }
    let finish: () => void = () => undefined;
    const sent = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.pending.set(sent, items);
    const settle = (result: ExportResult): void => {
      this.pending.delete(sent);
      this.failed = result.code !== 0;
      finish();
      done(result);
    };
    try {
      this.open().export(items, settle);
    } catch (error) {
      diag.error('tracewright: export failed', error);
      settle({ code: 1, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  /** Resolves when every export that has begun has ended. */
  async forceFlush(): Promise<void> {
    await Promise.all(Array.from(this.pending.keys()));
  }

  async shutdown(): Promise<void> {
    await this.forceFlush();
    if (this.real !== undefined) await this.real.shutdown();
  }

  /** Somebody waits for what is on its way. Call the result when they no longer do. */
  hurry(): () => void {
    this.hurries++;
    if (this.real && this.real.hurry) this.real.hurry(true);
    return () => {
      this.hurries--;
      if (this.hurries === 0 && this.real && this.real.hurry) this.real.hurry(false);
    };
  }

  /** From now on nothing is sent; returns what is on its way and what `flush` hands over, or nothing when the last export failed. */
  capture(flush: () => void): unknown[] {
    const items: unknown[] = [];
    for (const batch of Array.from(this.pending.values())) items.push(...batch);
    this.captured = items;
    flush();
    return this.failed ? [] : items;
  }

  private open(): Exporter {
    if (this.real === undefined) {
      this.real = this.create();
      if (this.hurries > 0 && this.real.hurry) this.real.hurry(true);
    }
    return this.real;
  }
}

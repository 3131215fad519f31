import { diag } from '@opentelemetry/api';
import type { Exporter, ExportResult } from '../otel';
import { NativePromise } from '../platform';
import { quietly } from '../quietly';

interface Pending {
  readonly items: unknown[];
  isWritten: boolean;
}

/** What is printed by an exporter for people is written somewhere too. */
export function masking(exporter: Exporter): Exporter {
  const { export: print } = exporter;
  exporter.export = (items, done) => Reflect.apply(print, exporter, [maskAll(items), done]);
  return exporter;
}

function maskAll(items: unknown[]): unknown[] {
  const { maskEnded } = quietly(() => require('../mask/ended') as typeof import('../mask/ended'));
  return items.map(maskEnded);
}

/** Creates the real exporter at the first export: loading it would double the start-up time of a small program. */
export class LazyExporter implements Exporter {
  private readonly pending = new Map<Promise<void>, Pending>();
  private captured: unknown[] | undefined;
  private failed = false;
  private hurries = 0;
  private readonly create: () => Exporter;
  private real: Exporter | undefined;
  private dropped = 0;
  private onDrop: (() => void) | undefined;

  constructor(create: () => Exporter) {
    this.create = create;
  }

  export(ended: unknown[], done: (result: ExportResult) => void): void {
    const items = maskAll(ended);
    if (this.captured !== undefined) {
      this.captured.push(...items);
      done({ code: 0 });
      return;
    }
    let finish: () => void = () => undefined;
    const sent = new NativePromise<void>((resolve) => {
      finish = resolve;
    });
    const entry: Pending = { items, isWritten: false };
    this.pending.set(sent, entry);
    const settle = (result: ExportResult): void => {
      this.pending.delete(sent);
      // What found no room says nothing of the collector; taken for a failure, what is on its way would be sent twice at the end.
      if (!result.isDropped) this.failed = result.code !== 0;
      finish();
      done(result);
      if (result.isDropped) this.noteDropped(items.length);
    };
    try {
      this.open().export(items, settle, (isWritten) => {
        entry.isWritten = isWritten;
      });
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

  /** How many items found no room: more ended at once than are sent at once. */
  get droppedItems(): number {
    return this.dropped;
  }

  /** Calls it once, with the first of them. */
  whenDropped(onDrop: () => void): void {
    this.onDrop = onDrop;
  }

  /** Whether the last export came to nothing. */
  get hasFailed(): boolean {
    return this.failed;
  }

  /**
   * From now on nothing is sent; returns what is on its way and what `flush` hands over. What the system has taken over for a collector that
   * answered until now arrives also after the process has ended, and would arrive twice.
   */
  capture(flush: () => void): unknown[] {
    const items: unknown[] = [];
    for (const entry of Array.from(this.pending.values())) if (this.failed || !entry.isWritten) items.push(...entry.items);
    this.captured = items;
    flush();
    return items;
  }

  private noteDropped(count: number): void {
    this.dropped += count;
    const { onDrop } = this;
    this.onDrop = undefined;
    if (onDrop) onDrop();
  }

  private open(): Exporter {
    if (this.real === undefined) {
      this.real = quietly(this.create);
      if (this.hurries > 0 && this.real.hurry) this.real.hurry(true);
    }
    return this.real;
  }
}

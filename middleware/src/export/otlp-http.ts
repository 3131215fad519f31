import { diag } from '@opentelemetry/api';
import type { Exporter, ExportResult } from '../otel';
import { cancel, later, NativePromise, now, stringify } from '../platform';
import type { OtlpTarget } from './destination';
import { createPost, type Post, type Reply } from './post';
import { chance } from './random-ids';

const MAX_AT_ONCE = 30;
/** Of bodies on their way; a collector that does not answer must not fill the memory of the program. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_RETRIES = 5;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 5000;

/**
 * OTLP over HTTP in both encodings, with the serializers of the official exporters. Nothing here keeps a program alive:
 * timers and sockets are unreferenced, and once the program ends a collector that is not there is not asked again.
 */
export class OtlpHttpExporter implements Exporter {
  private readonly target: OtlpTarget;
  private readonly post: Post;
  private readonly sleepers = new Set<() => void>();
  private atOnce = 0;
  private bytes = 0;
  private hurried = false;

  constructor(target: OtlpTarget) {
    this.target = target;
    this.post = createPost(target);
  }

  export(items: unknown[], done: (result: ExportResult) => void, written: (isWritten: boolean) => void): void {
    const room = this.atOnce < MAX_AT_ONCE && this.bytes < MAX_BYTES;
    const body = room ? this.target.serializer.serializeRequest(items) : undefined;
    if (body === undefined) {
      done({ code: 1, error: new Error(room ? 'nothing to send' : 'too many exports at once'), isDropped: !room });
      return;
    }
    this.atOnce++;
    this.bytes += body.length;
    const settle = (result: ExportResult): void => {
      this.atOnce--;
      this.bytes -= body.length;
      if (result.error) diag.error(`tracewright: ${this.target.url} took nothing: ${result.error.message}`);
      done(result);
    };
    this.deliver(body, written, settle);
  }

  private async deliver(body: Uint8Array, written: (isWritten: boolean) => void, settle: (result: ExportResult) => void): Promise<void> {
    let answer: Uint8Array;
    try {
      answer = await this.send(body, written);
    } catch (error) {
      settle({ code: 1, error: error as Error });
      return;
    }
    this.warnOfRejected(answer);
    settle({ code: 0 });
  }

  /** While on, waits between retries end and what cannot be reached is given up. */
  hurry(on: boolean): void {
    this.hurried = on;
    this.post.hurry(on);
    if (on) for (const wake of Array.from(this.sleepers)) wake();
  }

  async shutdown(): Promise<void> {
    this.post.close();
  }

  private async send(body: Uint8Array, written: (isWritten: boolean) => void): Promise<Uint8Array> {
    const deadline = now() + this.target.timeoutMillis;
    for (let retries = 0; ; retries++) {
      const reply: Reply = await this.post.send(body, Math.max(1, deadline - now()), written);
      if (reply.body !== undefined) return reply.body;
      written(false);
      const wait = reply.retryAfter ?? Math.min(LONGEST_WAIT, FIRST_WAIT * 1.5 ** retries) * (0.8 + chance() * 0.4);
      const hopeless = !reply.retry || (reply.unreachable && this.hurried);
      if (hopeless || retries === MAX_RETRIES || now() + wait > deadline) throw reply.error;
      await this.sleep(wait);
    }
  }

  private sleep(milliseconds: number): Promise<void> {
    return new NativePromise((resolve) => {
      const wake = (): void => {
        cancel(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = later(wake, milliseconds);
      timer.unref();
      this.sleepers.add(wake);
    });
  }

  private warnOfRejected(answer: Uint8Array): void {
    if (answer.length === 0) return;
    try {
      const { partialSuccess } = this.target.serializer.deserializeResponse(answer);
      if (partialSuccess && Object.keys(partialSuccess).length > 0) diag.warn(`tracewright: partly rejected: ${stringify(partialSuccess)}`);
    } catch {
      // Collectors answer with all sorts of bodies; the status says it was taken.
    }
  }
}

import { closeSync, openSync, writeSync } from 'node:fs';
import { TracewrightError } from '../../contract/index.ts';
import { chosenPlace } from '../../engine/apply/place.ts';
import {
  type Arrival,
  createTraceBook,
  normalizeTrace,
  otlpLine,
  type Receiver,
  renderTrace,
  startReceiver,
  type Trace,
} from '../../trace/index.ts';
import { describePort } from '../../verify/index.ts';
import { count } from '../layout.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { untilInterrupted } from '../until-interrupted.ts';

/** Listens for OTLP until a person interrupts, and prints each trace when it is complete. */
export async function receive(invocation: Invocation, output: Output): Promise<number> {
  const file = invocation.text('out');
  const lines = file === undefined ? undefined : openLines(file);
  const book = createTraceBook();
  const seen = { traces: 0, spans: 0, logs: 0 };
  const tell = (traces: readonly Trace[]): void => {
    for (const trace of traces) printTrace(trace, output);
    seen.traces += traces.length;
  };
  try {
    const receiver = await listen(invocation, (arrival) => {
      seen.spans += arrival.spans.length;
      seen.logs += arrival.logs.length;
      book.add(arrival, performance.now());
      lines?.write(otlpLine(arrival));
    });
    output.note(`Listening: OTLP/HTTP on ${receiver.url}, OTLP/gRPC on ${receiver.grpcUrl}. Ctrl-C ends it.`);
    await untilInterrupted(async (signal) => {
      const tellProblems = problemTeller(receiver, output);
      const timer = setInterval(() => {
        tell(book.take(performance.now()));
        tellProblems();
      }, 200);
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      clearInterval(timer);
      await receiver.settled();
      await receiver.close();
      tell(book.takeAll());
      tellProblems();
    });
    const { metrics, drops } = receiver;
    const counts = [count(seen.traces, 'trace'), count(seen.spans, 'span'), count(seen.logs, 'log'), count(metrics, 'metric')];
    output.note(`${counts.join(', ')}, ${drops.bodies === 1 ? '1 body' : `${drops.bodies} bodies`} dropped`);
    return 0;
  } finally {
    lines?.close();
  }
}

async function listen(invocation: Invocation, listener: (arrival: Arrival) => void): Promise<Receiver> {
  const ports = { port: portOf(invocation, 'port', 4318), grpcPort: portOf(invocation, 'grpcPort', 4317) };
  try {
    return await startReceiver({ ...ports, listener });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    const next = 'Stop what listens there, or choose others with `--port` and `--grpc-port`; 0 takes a free one.';
    throw new TracewrightError('TW3005', 'port' in cause ? describePort(Number(cause.port)) : cause.message, { cause, next });
  }
}

function portOf(invocation: Invocation, name: 'port' | 'grpcPort', fallback: number): number {
  const text = invocation.text(name);
  if (text === undefined) return fallback;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new TracewrightError('TW1072', `'${text}' is not a port`);
}

/** A file of OTLP/JSON lines; each line is written before the exporter gets its answer. */
function openLines(file: string): { write(line: string): void; close(): void } {
  try {
    const descriptor = openSync(chosenPlace('.', file), 'w');
    return { write: (line) => void writeSync(descriptor, line), close: () => closeSync(descriptor) };
  } catch (cause) {
    if (cause instanceof TracewrightError) throw cause;
    throw new TracewrightError('TW1074', file, { cause });
  }
}

/** Says each refusal once. */
function problemTeller({ problems }: Receiver, output: Output): () => void {
  let told = 0;
  return () => {
    for (const problem of problems.slice(told)) output.note(`refused: ${problem}`);
    told = problems.length;
  };
}

function printTrace(trace: Trace, output: Output): void {
  output.print(renderTrace(trace, { color: output.colors.isColorSupported }));
  const { traceId, services, spanCount } = trace;
  output.printJson({ traceId, services, spanCount, spans: normalizeTrace(trace) });
}

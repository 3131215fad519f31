import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startReceiver } from '../../../src/trace/index.ts';
import { converse } from './connection.ts';
import type { Action, Directives, Step } from './directives.ts';
import { requestOverHttp2 } from './http2-request.ts';
import { type Running, startProcess } from './start-process.ts';

/** All that a person outside of the process can see of it. */
export interface Observed {
  readonly stdout: string;
  readonly stderr: string;
  /** What came back, one per request and connection, in the order of the steps. */
  readonly answers: readonly string[];
  /** Exit code or signal. */
  readonly end: string;
  readonly spans: number;
  /** Port numbers in the order in which it said them. */
  readonly ports: readonly string[];
}

/** Starts the program, drives it and watches it to its end, with a collector at hand that answers at once. */
export async function runProgram(node: string, args: readonly string[], cwd: string, directives: Directives): Promise<Observed> {
  const receiver = await startReceiver();
  const environment = {
    PATH: process.env['PATH'] ?? '',
    TMPDIR: process.env['TMPDIR'] ?? '/tmp',
    TZ: 'UTC',
    CERTIFICATE: join(import.meta.dirname, 'certificate.pem'),
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    ...directives.env,
  };
  const running = startProcess(node, args, cwd, environment);
  try {
    const answers: string[] = [];
    for (const step of directives.steps) answers.push(...(await perform(step, running)));
    const end = await running.end(directives.endsItself);
    await receiver.settled();
    return { ...running.output, answers, end, spans: receiver.spans.length, ports: running.ports() };
  } finally {
    running.remove();
    await receiver.close();
  }
}

async function perform(step: Step, running: Running): Promise<readonly string[]> {
  if (step.kind === 'together') return (await Promise.all(step.steps.map((one) => perform(one, running)))).flat();
  if (step.kind === 'request' || step.kind === 'connection' || step.kind === 'http2') return [await ask(step, running)];
  if (step.kind === 'signal') running.child.kill(step.signal);
  else if (step.kind === 'stdin') running.write(step.text);
  else if (step.kind === 'pause') await pause(step.ms);
  else await running.until(() => running.output[step.stream].includes(step.text), `no ${step.text} on ${step.stream}`);
  return [];
}

async function ask(step: Extract<Step, { port: number }>, running: Running): Promise<string> {
  await running.until(() => running.ports().length >= step.port, 'no line "port <number>" on stdout');
  const port = Number(running.ports()[step.port - 1]);
  if (step.kind === 'http2') return requestOverHttp2(port, step.tls, step.text);
  const whole: readonly Action[] = step.kind === 'request' ? [{ kind: 'send', bytes: Buffer.from(step.text, 'utf8') }] : step.actions;
  return converse(port, step.tls, whole);
}

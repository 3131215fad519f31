import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { TracewrightError } from '../../contract/index.ts';
import { type RequestSetup, requestLabel } from '../setup/setup.ts';
import type { Program } from './program.ts';
import { runCommand } from './run-command.ts';
import type { Exchange } from './send-request.ts';

export interface StepOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Longest that the command, and then the work that it began, may take. */
  readonly timeoutMs: number;
  /** Resolves when the spans of the work have arrived. */
  readonly isWorked?: (step: Exchange) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** What prints nothing for so long works on nothing that it prints about. */
const quietMs = 700;

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs a command that gives a program work, and waits until that is done: its spans have arrived, and the program prints no more. */
export async function runStep(
  scenario: string,
  request: RequestSetup,
  program: Program | undefined,
  options: StepOptions,
): Promise<Exchange> {
  const { cwd, env, timeoutMs, signal } = options;
  const mark = `TRACEWRIGHT_STEP=${randomUUID()}`;
  const [name = '', value = ''] = mark.split('=');
  const ids = { traceId: randomBytes(16).toString('hex'), callerId: randomBytes(8).toString('hex') };
  const sent = { scenario, request, label: requestLabel(request), ...ids, sentMs: now() };
  const output = 'kept' as const;
  const end = await runCommand([request.path], {
    cwd,
    env: { ...env, [name]: value },
    mark,
    output,
    stopMs: 1_000,
    timeoutMs,
    ...(signal && { signal }),
  });
  if (end.stopped === 'abort') throw new TracewrightError('TW3011', scenario);
  const said = end.output.trim().split('\n').slice(-4).join(' | ');
  const error = end.stopped === 'time' ? `did not end within ${timeoutMs} ms` : end.failure?.message;
  if (error !== undefined) return { ...sent, error, endedMs: now() };
  const status = end.code ?? 1;
  if (status === request.expectStatus) {
    await options.isWorked?.({ ...sent, endedMs: Number.POSITIVE_INFINITY });
    await untilQuiet(program, timeoutMs, signal);
  }
  return { ...sent, status, body: said, endedMs: now() };
}

async function untilQuiet(program: Program | undefined, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
  const length = (): number => (program === undefined ? 0 : program.stdout().length + program.stderr().length);
  const end = now() + timeoutMs;
  let [known, since] = [length(), now()];
  while (now() < end && now() - since < quietMs && !signal?.aborted) {
    await wait(50);
    if (length() !== known) [known, since] = [length(), now()];
  }
}

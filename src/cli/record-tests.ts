import { type Captured, captureTests, judgeCapture, judgeTraces, renderCapture } from '../capture/index.ts';
import { exitCode, TracewrightError } from '../contract/index.ts';
import { type Check, renderChecks } from '../verify/index.ts';
import { driveOf } from './drive.ts';
import type { Output } from './output.ts';
import type { Invocation } from './parse-words.ts';
import { untilInterrupted } from './until-interrupted.ts';

function capture(invocation: Invocation, output: Output): Promise<Captured> {
  const place = output.json ? 'stderr' : 'as it is';
  const frozen = invocation.flag('frozen') ? { frozen: true } : {};
  const { readyMs: timeoutMs } = driveOf(invocation);
  const options = { ...frozen, ...(timeoutMs === undefined ? {} : { timeoutMs }), output: place } as const;
  return untilInterrupted((signal) => captureTests(invocation.argument ?? '.', invocation.words, { ...options, signal }));
}

function print(captured: Captured, checks: readonly Check[], written: readonly string[], output: Output): number {
  const ok = checks.every(({ status }) => status !== 'fail');
  const color = output.colors.isColorSupported;
  output.print(`\n${renderCapture(captured, { color })}\n${renderChecks(checks, { color })}`.trimEnd());
  const { write: _write, ...report } = captured;
  output.printJson({ ok, ...report, checks, written });
  if (written.length > 0)
    output.print(`\n${output.colors.bold(`recorded: ${written.length}`)}${written.map((file) => `\n  ${file}`).join('')}`);
  return ok ? 0 : exitCode(checks.find(({ status }) => status === 'fail')?.code ?? 'TW3032');
}

/** Frozen, nothing is created or changed. */
function refuseFrozen({ frozen, golden }: Captured): void {
  const departing = golden.find(({ status }) => status !== 'equal');
  if (frozen && departing) throw new TracewrightError(departing.status === 'missing' ? 'TW3007' : 'TW3008', departing.file);
}

function writeSound(captured: Captured, checks: readonly Check[]): readonly string[] {
  return checks.every(({ status }) => status !== 'fail') ? captured.write() : [];
}

/** Runs the tests and writes one golden trace for each that sent requests to a traced program; nothing when a trace is broken. */
export async function recordTests(invocation: Invocation, output: Output): Promise<number> {
  refuseOptions(invocation);
  const captured = await capture(invocation, output);
  refuseFrozen(captured);
  const checks = judgeTraces(captured);
  return print(captured, checks, writeSound(captured, checks), output);
}

/** Runs the tests and compares the trace of each with its golden trace; `--update` shows what differs and writes it. */
export async function verifyTests(invocation: Invocation, output: Output): Promise<number> {
  refuseOptions(invocation);
  const captured = await capture(invocation, output);
  if (!invocation.flag('update')) return print(captured, judgeCapture(captured), [], output);
  refuseFrozen(captured);
  const checks = judgeTraces(captured);
  const exit = print(captured, checks, writeSound(captured, checks), output);
  for (const { diff } of captured.golden) if (diff !== undefined) output.print(`\n${diff.trimEnd()}`);
  return exit;
}

/** What means nothing for a command of the user's own is not taken silently. */
function refuseOptions(invocation: Invocation): void {
  const useless = (['scenario', 'against', 'report'] as const).find((name) => invocation.text(name) !== undefined || invocation.flag(name));
  if (useless !== undefined) throw new TracewrightError('TW1072', `--${useless} means nothing with a command after --`);
}

import { type Captured, captureTests, judgeCapture, judgeTraces, renderCapture } from '../capture/index.ts';
import { exitCode, TracewrightError } from '../contract/index.ts';
import { type Check, renderChecks } from '../verify/index.ts';
import type { Output } from './output.ts';
import type { Invocation } from './parse-words.ts';
import { untilInterrupted } from './until-interrupted.ts';

function capture(invocation: Invocation, output: Output): Promise<Captured> {
  const place = output.json ? 'stderr' : 'as it is';
  const frozen = invocation.flag('frozen') ? { frozen: true } : {};
  return untilInterrupted((signal) => captureTests(invocation.argument ?? '.', invocation.words, { ...frozen, output: place, signal }));
}

function print(captured: Captured, checks: readonly Check[], written: readonly string[], output: Output): number {
  const ok = checks.every(({ status }) => status !== 'fail');
  const color = output.colors.isColorSupported;
  output.print(`\n${renderCapture(captured, { color })}\n${renderChecks(checks, { color })}`.trimEnd());
  const { write: _write, ...report } = captured;
  output.printJson({ ok, ...report, checks, written });
  return ok ? 0 : exitCode(checks.find(({ status }) => status === 'fail')?.code ?? 'TW3032');
}

/** Runs the tests and writes one golden trace for each that sent requests to a traced program; nothing when a trace is broken. */
export async function recordTests(invocation: Invocation, output: Output): Promise<number> {
  const captured = await capture(invocation, output);
  const departing = captured.golden.find(({ status }) => status !== 'equal');
  if (captured.frozen && departing) throw new TracewrightError(departing.status === 'missing' ? 'TW3007' : 'TW3008', departing.file);
  const checks = judgeTraces(captured);
  const written = checks.every(({ status }) => status !== 'fail') ? captured.write() : [];
  const exit = print(captured, checks, written, output);
  output.print(`\n${output.colors.bold(`recorded: ${written.length}`)}${written.map((file) => `\n  ${file}`).join('')}`);
  return exit;
}

/** Runs the tests and compares the trace of each with its golden trace. */
export async function verifyTests(invocation: Invocation, output: Output): Promise<number> {
  const captured = await capture(invocation, output);
  return print(captured, judgeCapture(captured), [], output);
}

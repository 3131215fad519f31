import { exitCode } from '../../contract/index.ts';
import { renderReport, type VerifyOptions, type VerifyReport, verifyRepo } from '../../verify/index.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { untilInterrupted } from '../until-interrupted.ts';

/** Runs the repository and checks its traces; fails when a check failed. */
export async function verify(invocation: Invocation, output: Output): Promise<number> {
  const against = invocation.text('against');
  const options = {
    ...scenarioOf(invocation),
    ...(against === undefined ? {} : { against }),
    ...(invocation.flag('frozen') ? { frozen: true } : {}),
  };
  const report = await runProgram(invocation.argument ?? '.', options, verifyRepo);
  output.print(renderReport(report, { color: output.colors.isColorSupported }).trimEnd());
  output.printJson(report);
  return exitOf(report);
}

/** `--scenario` as an option of verify and record. */
export function scenarioOf(invocation: Invocation): VerifyOptions {
  const scenario = invocation.text('scenario');
  return scenario === undefined ? {} : { scenario };
}

/** Starts the repository's programs with a progress line, and ends them when a person interrupts. */
export function runProgram<Report extends VerifyReport>(
  folder: string,
  options: VerifyOptions,
  run: (folder: string, options: VerifyOptions) => Promise<Report>,
): Promise<Report> {
  return withProgress('starting', ({ say }) => untilInterrupted((signal) => run(folder, { ...options, signal, onProgress: say })));
}

/** 0, or the exit code of the first failed check. */
export function exitOf({ ok, checks }: VerifyReport): number {
  const failed = checks.find(({ status }) => status === 'fail');
  return ok ? 0 : exitCode(failed?.code ?? 'TW3014');
}

import type { Trace } from '../trace/index.ts';
import { checkGolden, checkOrphans, checkReceived } from '../verify/judge/checks.ts';
import type { Check } from '../verify/judge/report.ts';
import type { CaptureReport } from './capture-tests.ts';

function tracesOf({ tests }: CaptureReport): Trace[] {
  return tests.flatMap(({ requests }) => requests.flatMap(({ trace }) => (trace ? [trace] : [])));
}

function checkNotRun({ notRun, frozen }: CaptureReport): Check {
  const id = 'expected-spans';
  if (notRun.length === 0) return { id, status: 'pass', summary: 'Every recorded test sent its requests', details: [] };
  const summary = `${notRun.length === 1 ? '1 golden trace belongs' : `${notRun.length} golden traces belong`} to a test that sent no request`;
  const next = 'Run all tests; remove the files of tests that are gone.';
  return { id, status: frozen ? 'fail' : 'warn', summary, details: notRun, next };
}

/** What can be wrong with the traces of a test run, apart from the golden traces. */
export function judgeTraces(report: CaptureReport): readonly Check[] {
  return [checkOrphans(tracesOf(report)), checkReceived(report)];
}

/** Every check of `verify -- <command>`. */
export function judgeCapture(report: CaptureReport): readonly Check[] {
  return [...judgeTraces(report), checkGolden(report.golden, report.frozen), checkNotRun(report)];
}

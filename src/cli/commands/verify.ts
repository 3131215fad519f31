import { basename, resolve } from 'node:path';
import { exitCode } from '../../contract/index.ts';
import { readReceipt } from '../../engine/apply/receipt.ts';
import { toolVersion } from '../../engine/plan/toolkit.ts';
import {
  checkMigrated,
  draftSetup,
  recordRepo,
  renderReport,
  type VerifyOptions,
  type VerifyReport,
  verifyRepo,
} from '../../verify/index.ts';
import { asCalled } from '../as-called.ts';
import { driveOf } from '../drive.ts';
import { greenSteps } from '../green-steps.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { verifyTests } from '../record-tests.ts';
import { renderNext } from '../render-next.ts';
import { saveText } from '../save-text.ts';
import { untilInterrupted } from '../until-interrupted.ts';

/** Runs the repository and checks its traces; fails when a check failed. */
export async function verify(invocation: Invocation, output: Output): Promise<number> {
  if (invocation.words.length > 0) return verifyTests(invocation, output);
  checkMigrated(invocation.argument ?? '.');
  if (invocation.flag('draft')) return await printDraft(invocation, output);
  const against = invocation.text('against');
  const options = {
    ...driveOf(invocation),
    ...(against === undefined ? {} : { against }),
    ...(invocation.flag('frozen') ? { frozen: true } : {}),
    ...(invocation.flag('update') ? { update: true } : {}),
  };
  const report = await runProgram(invocation.argument ?? '.', options, options.update ? recordRepo : verifyRepo);
  printReport(invocation, report, output);
  output.printJson(report);
  await writePage(invocation, report, output);
  await writeHandOff(invocation, report, output);
  return exitOf(report);
}

function printReport(invocation: Invocation, report: VerifyReport, output: Output): void {
  const folder = invocation.argument ?? '.';
  output.print(asCalled(renderReport(report, { color: output.colors.isColorSupported }).trimEnd(), output.program, folder));
  for (const { file, status, diff } of report.golden)
    if (status === 'written') output.print(`\nwrote ${file}${diff === undefined ? '' : `\n${diff.trimEnd()}`}`);
  const steps = greenSteps(folder, invocation, report);
  if (steps.length > 0) output.print(`\n${renderNext(steps, output)}`);
}

/** Starts nothing: prints the file, for `> tracewright.yaml`, and asks on the other stream what the code does not say. */
async function printDraft(invocation: Invocation, output: Output): Promise<number> {
  const draft = await draftSetup(invocation.argument ?? '.');
  output.print(draft.text.trimEnd());
  output.printJson(draft);
  for (const question of draft.questions) output.note(question);
  return 0;
}

/** `--report` writes the page, whatever the checks said. */
async function writePage(invocation: Invocation, report: VerifyReport, output: Output): Promise<void> {
  const file = invocation.text('report');
  if (file === undefined && !invocation.flag('report')) return;
  const root = invocation.argument ?? '.';
  // Planning loads parsers, so it waits until a page was asked for.
  const { drawUpLedger, readLedgerSources, renderHtml, saveReport } = await import('../../report/index.ts');
  const ledger = drawUpLedger(report, await readLedgerSources(root));
  const page = renderHtml({ repository: basename(resolve(root)), version: toolVersion(), verify: report, ledger });
  output.note(`wrote ${saveReport(root, page, file)}`);
}

/** `--handoff` writes the file, whatever the checks said. */
async function writeHandOff(invocation: Invocation, report: VerifyReport, output: Output): Promise<void> {
  const file = invocation.text('handoff');
  if (file === undefined) return;
  const root = invocation.argument ?? '.';
  const [{ handOffVerify }, { readLedgerSources }] = await Promise.all([import('../../handoff/index.ts'), import('../../report/index.ts')]);
  const { plan } = await readLedgerSources(root);
  saveText(root, file, handOffVerify({ report, receipt: readReceipt(root), plan, root: resolve(root) }), output);
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

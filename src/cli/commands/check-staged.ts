import { checkStaged } from '../../check/check-staged.ts';
import { stagedQuestions } from '../../check/finding.ts';
import { toJunit } from '../../check/junit.ts';
import { renderStaged } from '../../check/render.ts';
import { toSarif } from '../../check/sarif.ts';
import { readIndexed } from '../../check/staged-files.ts';
import { exitCode } from '../../contract/index.ts';
import { toolVersion } from '../../engine/plan/toolkit.ts';
import { asCalled } from '../as-called.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { saveText } from '../save-text.ts';

/** Whether the next commit would add OpenTelemetry by hand. */
export function checkIndex(folder: string, invocation: Invocation, output: Output): number {
  const report = checkStaged(folder);
  const [sarif, junit] = [invocation.text('sarif'), invocation.text('junit')];
  const read = (file: string): string | undefined => readIndexed(folder, file);
  if (sarif !== undefined) saveText(folder, sarif, toSarif(report, toolVersion(), read), output);
  if (junit !== undefined) saveText(folder, junit, toJunit(report, stagedQuestions), output);
  output.print(asCalled(renderStaged(report, output.colors.isColorSupported).trimEnd(), output.program));
  output.printJson(report);
  return report.status === 'ok' ? 0 : exitCode('TW2110');
}

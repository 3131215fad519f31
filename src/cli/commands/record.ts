import { join } from 'node:path';
import { quoteWord } from '../../install/index.ts';
import { checkMigrated, recordRepo, renderReport } from '../../verify/index.ts';
import { asCalled } from '../as-called.ts';
import { driveOf } from '../drive.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { recordTests } from '../record-tests.ts';
import { renderNext } from '../render-next.ts';
import { exitOf, runProgram } from './verify.ts';

const GOLDEN = '.tracewright/golden';

/** Writes the golden traces of what the program does now. */
export async function record(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  if (invocation.words.length > 0) return recordTests(invocation, output);
  checkMigrated(folder);
  const report = await runProgram(folder, driveOf(invocation), recordRepo);
  const { written } = report;
  output.print(
    asCalled(renderReport(report, { color: output.colors.isColorSupported }).trimEnd(), output.program, invocation.argument ?? '.'),
  );
  output.print(`\n${output.colors.bold(`recorded: ${written.length}`)}${written.map((file) => `\n  ${file}`).join('')}`);
  const paths = [...new Set(written.map((file) => (file.startsWith(GOLDEN) ? GOLDEN : file)))];
  if (written.length > 0)
    output.print(
      `\n${renderNext([[`git add ${paths.map((path) => quoteWord(join(folder, path))).join(' ')}`, 'review and commit; verify compares with it']], output)}`,
    );
  output.printJson(report);
  return exitOf(report);
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRepo, renderCheckReport, toJunit, toSarif } from '../../check/index.ts';
import { exitCode } from '../../contract/index.ts';
import { toolVersion } from '../../engine/index.ts';
import { asCalled } from '../as-called.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';
import { saveText } from '../save-text.ts';

/** Whether a repository still is as its migration left it. */
export async function checkTree(folder: string, invocation: Invocation, output: Output): Promise<number> {
  const report = await withProgress(`reading ${folder}`, () => checkRepo(folder));
  const [sarif, junit] = [invocation.text('sarif'), invocation.text('junit')];
  if (sarif !== undefined) saveText(folder, sarif, toSarif(report, toolVersion(), readFrom(folder)), output);
  if (junit !== undefined) saveText(folder, junit, toJunit(report), output);
  output.print(asCalled(renderCheckReport(report, output.colors.isColorSupported).trimEnd(), output.program, folder));
  output.printJson(report);
  return report.status === 'ok' ? 0 : exitCode(report.status === 'not-migrated' ? 'TW2100' : 'TW2102');
}

function readFrom(folder: string): (file: string) => string | undefined {
  return (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined);
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRepo, renderCheckReport, toJunit, toSarif } from '../../check/index.ts';
import { exitCode, TracewrightError } from '../../contract/index.ts';
import { toolVersion } from '../../engine/index.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { withProgress } from '../progress.ts';

/** Checks without starting anything whether a repository still is as its migration left it. */
export async function check(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const report = await withProgress(`reading ${folder}`, () => checkRepo(folder));
  save(invocation.text('sarif'), () => toSarif(report, toolVersion(), readFrom(folder)), output);
  save(invocation.text('junit'), () => toJunit(report), output);
  output.print(renderCheckReport(report, output.colors.isColorSupported).trimEnd());
  output.printJson(report);
  return report.status === 'ok' ? 0 : exitCode(report.status === 'not-migrated' ? 'TW2100' : 'TW2102');
}

function readFrom(folder: string): (file: string) => string | undefined {
  return (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined);
}

function save(file: string | undefined, text: () => string, output: Output): void {
  if (file === undefined) return;
  try {
    writeFileSync(file, text());
  } catch (cause) {
    throw new TracewrightError('TW1074', file, { cause });
  }
  output.note(`wrote ${file}`);
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkRepo,
  checkStaged,
  checkToolCall,
  readIndexed,
  renderCheckReport,
  renderStaged,
  stagedQuestions,
  toJunit,
  toSarif,
} from '../../check/index.ts';
import { exitCode, TracewrightError } from '../../contract/index.ts';
import { toolVersion } from '../../engine/index.ts';
import type { Output } from '../output.ts';
import type { Invocation } from '../parse-words.ts';
import { printError } from '../print-error.ts';
import { withProgress } from '../progress.ts';
import { saveText } from '../save-text.ts';

/** Checks without starting anything whether a repository still is as its migration left it, or what is about to be added to it. */
export async function check(invocation: Invocation, output: Output): Promise<number> {
  const folder = invocation.argument ?? '.';
  const hook = invocation.text('hook');
  if (hook !== undefined) return answerHook(folder, hook, output);
  if (invocation.flag('staged')) return staged(folder, invocation, output);
  const report = await withProgress(`reading ${folder}`, () => checkRepo(folder));
  save(invocation.text('sarif'), () => toSarif(report, toolVersion(), readFrom(folder)), output);
  save(invocation.text('junit'), () => toJunit(report), output);
  output.print(renderCheckReport(report, output.colors.isColorSupported).trimEnd());
  output.printJson(report);
  return report.status === 'ok' ? 0 : exitCode(report.status === 'not-migrated' ? 'TW2100' : 'TW2102');
}

function staged(folder: string, invocation: Invocation, output: Output): number {
  const report = checkStaged(folder);
  save(invocation.text('sarif'), () => toSarif(report, toolVersion(), (file) => readIndexed(folder, file)), output);
  save(invocation.text('junit'), () => toJunit(report, stagedQuestions), output);
  output.print(renderStaged(report, output.colors.isColorSupported).trimEnd());
  output.printJson(report);
  return report.status === 'ok' ? 0 : exitCode('TW2110');
}

/** What Claude Code takes as "refused, tell the model why"; any other number but 0 is a fault of the hook, and stops nobody. */
const REFUSED = 2;
const FAILED = 1;

function answerHook(folder: string, agent: string, output: Output): number {
  if (agent !== 'claude') throw new TracewrightError('TW1072', `--hook ${agent} is not known; known is claude`);
  try {
    const findings = checkToolCall(folder, readFileSync(0, 'utf8'));
    for (const { file, line, why, next, command } of findings) output.note(`${file}:${line} ${why} ${next} Call: ${command}`);
    output.printJson({ findings });
    return findings.length === 0 ? 0 : REFUSED;
  } catch (error) {
    printError(error, output);
    return FAILED;
  }
}

function readFrom(folder: string): (file: string) => string | undefined {
  return (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined);
}

function save(file: string | undefined, text: () => string, output: Output): void {
  if (file !== undefined) saveText(file, text(), output);
}

import { readFileSync } from 'node:fs';
import { checkToolCall } from '../../check/hook-call.ts';
import { TracewrightError } from '../../contract/index.ts';
import { asCalled } from '../as-called.ts';
import type { Output } from '../output.ts';
import { printError } from '../print-error.ts';

/** What Claude Code takes as "refused, tell the model why"; any other number but 0 is a fault of the hook, and stops nobody. */
const REFUSED = 2;
const FAILED = 1;

/** Answers a hook of an agent, whose tool call comes as JSON on standard input. */
export function answerHook(folder: string, agent: string, output: Output): number {
  if (agent !== 'claude') throw new TracewrightError('TW1072', `--hook ${agent} is not known; known is claude`);
  try {
    const { findings, steps } = checkToolCall(folder, readFileSync(0, 'utf8'));
    // A name may hold a line break, and what follows it must not read as a sentence of ours.
    for (const { file, line, why, next } of findings)
      output.note(`${JSON.stringify(file)}:${line} ${why} ${asCalled(next, output.program)}`);
    if (steps.length > 0) output.note(asCalled(steps.join(' '), output.program));
    output.printJson({ findings, steps });
    return findings.length === 0 ? 0 : REFUSED;
  } catch (error) {
    printError(error, output);
    return FAILED;
  }
}

import { TracewrightError } from '../contract/index.ts';
import { openOutput } from './output.ts';
import { printError } from './print-error.ts';

/** Tells an older Node.js what this program needs; the number is the exit code. */
export function refuseNode(words: readonly string[], range: string): number {
  const output = openOutput(words.includes('--json'));
  return printError(new TracewrightError('TW1079', `this is Node.js ${process.versions.node}, tracewright needs ${range}`), output);
}

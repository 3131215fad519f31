import { catalogue, exitCode, TracewrightError } from '../contract/index.ts';
import { asCalled } from './as-called.ts';
import { commands } from './commands.ts';
import type { Output } from './output.ts';

/** Prints what went wrong and what to do next; returns the exit code. */
export function printError(error: unknown, output: Output): number {
  const known = error instanceof TracewrightError ? error : new TracewrightError('TW9001', sentence(error), { cause: error });
  const { title } = catalogue[known.code];
  const { detail } = known;
  const next = forCommand(known.next, process.argv.slice(2));
  const exit = exitCode(known.code);
  const reasons = known.reasons.length > 1 ? { reasons: known.reasons } : {};
  output.printJson({ error: { code: known.code, title, detail, next, exit, ...reasons } });
  if (!output.json) output.note(asCalled(formatError(known.code, title, detail, next), output.program));
  if (process.env['TRACEWRIGHT_DEBUG']) output.note(stackOf(known));
  return exit;
}

/** A next step that speaks of the help of a command means the one that was called. */
export function forCommand(next: string, words: readonly string[]): string {
  const called = words.flatMap((word) => commands.filter(({ name }) => name === word))[0];
  const action = called?.actions?.find(({ name }) => name === words[words.indexOf(called.name) + 1]);
  const spelled = [called, action].flatMap((one) => one?.name ?? []);
  return next.replace('tracewright <command> --help', ['tracewright', ...spelled, '--help'].join(' '));
}

/** The printed form of an error: what a program said last stands in lines of its own. */
export function formatError(code: string, title: string, detail: string, next: string): string {
  const [first = '', ...more] = detail.split(/\r?\n/).filter((line) => line.trim() !== '');
  const lines = more.map((line) => `\n    ${line.trimEnd()}`).join('');
  return `${code}  ${title}: ${first.trim()}${lines}\n  next   ${next}`;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

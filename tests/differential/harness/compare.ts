import { createTwoFilesPatch } from 'diff';
import type { Observed } from './run-program.ts';

/** One thing that is not as it was. */
export interface Difference {
  /** `stdout`, `stderr`, `end`, `answer 2` ... */
  readonly what: string;
  readonly patch: string;
}

/** What is different after the migration, without what differs from run to run anyway. */
export function compare(before: Comparable, after: Comparable): readonly Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((what) => {
    const [was, is] = [before[what] ?? '', after[what] ?? ''];
    return was === is ? [] : [{ what, patch: createTwoFilesPatch(`${what} before`, `${what} after`, show(was), show(is)) }];
  });
}

export type Comparable = Readonly<Record<string, string>>;

/** An observation as texts that two runs can share. */
export function comparable(observed: Observed, folder: string, frames: boolean): Comparable {
  const plain = (text: string): string => hideFrames(hideRun(text, folder, observed.ports), frames);
  return {
    stdout: plain(observed.stdout),
    stderr: plain(observed.stderr.replaceAll(START_LINE, '')),
    ...Object.fromEntries(observed.answers.map((answer, at) => [`answer ${at + 1}`, plain(answer)])),
    end: observed.end,
  };
}

/** The one line that our bootstrap writes. */
export const START_LINE: RegExp = /^tracewright: \S+: .* \| traces -> .* \| logs -> .*\n/gm;

/** Folder, ports, process ids and dates are of the run; a line number of the program's own file moves with each line inserted above. */
function hideRun(text: string, folder: string, ports: readonly string[]): string {
  let hidden = text.replaceAll(`file://${folder}`, '<program>').replaceAll(folder, '<program>');
  ports.forEach((port, at) => {
    hidden = hidden.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), `<port ${at + 1}>`);
  });
  return hidden
    .replaceAll(/(<program>[^\s:)]*\.[cm]?[jt]s):\d+(?::\d+)?/g, '$1:<line>')
    .replaceAll(/^(date: ).*$/gim, '$1<date>')
    .replaceAll(/\(node:\d+\)/g, '(node:<pid>)');
}

/** Stack frames outside of the program's own files are those of Node, of libraries and of ours; V8 makes up names for functions without one. */
function hideFrames(text: string, frames: boolean): string {
  if (frames) return text;
  // ` {` opens the properties of an error behind its last frame, whosever that is.
  return text
    .replaceAll(/^( {4}at .*) \{$/gm, '$1')
    .replaceAll(/^ {4}at (?!.*<program>).*(?::\d+:\d+\)?|\(<anonymous>\)|\(native\)|\(index \d+\))$\n?/gm, '')
    .replaceAll(/^( {4}at )(?:async )?[^()]* \((<program>[^()]*)\)$/gm, '$1$2');
}

/** Control characters a diff would swallow. */
function show(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replaceAll('\r\n', '<CRLF>\n').replaceAll(/[\x00-\x08\x0e-\x1f\x7f]/g, (byte) => `<${byte.charCodeAt(0).toString(16)}>`);
}

import type { Edit, Task } from '../../src/contract/index.ts';
import type { LinePlace } from '../../src/survey/index.ts';
import type { GateCommand } from './commands.ts';
import type { Gate } from './gates.ts';

/** What is missing at one place: an edit, or work for a person. */
export type Site = { readonly edit: Edit } | { readonly task: Task };

/** A part of the gate that is there. */
export interface FoundPart extends GateCommand {
  readonly file: string;
  readonly line: number;
  /** Adds the other part right after this one. */
  addAfter(command: string, why: string): Site | undefined;
}

/** One CI system that a repository uses. */
export interface Home {
  /** True when it runs the repository's tests, so it is where a gate is expected. */
  readonly runsTests: boolean;
  readonly found: readonly FoundPart[];
  add(gates: readonly Gate[]): readonly Site[];
}

/** Elements of a list or entries of a map as text for their place; a leading tab stands for one level of the file's indentation. */
export function writeAt(place: LinePlace, elements: readonly (readonly string[])[], unit = '  '): string {
  const { indent, dash, spaced } = place;
  return elements
    .map(
      (lines) =>
        (spaced ? '\n' : '') +
        lines
          .map((line, at) => (line === '' ? '\n' : `\n${indent}${at === 0 ? dash : ' '.repeat(dash.length)}${tabs(line, unit)}`))
          .join(''),
    )
    .join('');
}

/** A new file's text. */
export function writeLines(lines: readonly string[], unit = '  '): string {
  return `${lines.map((line) => tabs(line, unit)).join('\n')}\n`;
}

function tabs(line: string, unit: string): string {
  return line.replace(/^\t+/, (found) => unit.repeat(found.length));
}

/** `name`, or the first of `name-2`, `name-3`... that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

import type { Cell } from './cells.ts';
import type { Driven } from './drive-cell.ts';

/** One table of docs/coverage.md: programs of one kind, what is asked of each, and what its telemetry is judged by. */
export interface Section {
  /** What stands before the table. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly cells: readonly Cell[];
  /** Asks a running program everything; gives what it answered. */
  ask(cell: Cell, port: number): Promise<Answers>;
  /** By column; the first, the name of the cell, is not among them. */
  read(driven: Driven): readonly string[];
  /** What zero-code is compared by. */
  tell(driven: Driven): Readonly<Record<string, string>>;
}

export type Answers = Readonly<Record<string, number | string>>;

export function rowOf({ framework }: Cell, columns: readonly string[]): string {
  return `| ${[framework, ...columns].join(' | ')} |`;
}

/** What is not as with zero-code instrumentation, in the same words. */
export function besideOf(ours: Readonly<Record<string, string>>, zero: Readonly<Record<string, string>>): string {
  const differences = Object.entries(zero).flatMap(([name, was]) =>
    was === ours[name] ? [] : [name === 'ends' ? `ends ${was}` : `${name}: ${was}`],
  );
  return differences.length === 0 ? 'the same' : differences.join('; ');
}

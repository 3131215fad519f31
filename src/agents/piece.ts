/** An agent whose settings we know. */
export type Agent = 'claude' | 'codex' | 'cursor' | 'vscode';

/** What every piece is made from. */
export interface Asked {
  /** Words that start Tracewright from the repository's root, without a command: `npx -y tracewright@1.2.3`. */
  readonly program: readonly string[];
  /** The task list of this repository and branch; undefined where there is no git. */
  readonly taskList?: string;
}

/**
 * What we put into one file, as pure text to text. To teach agents something new, write one more piece and list it in pieces.ts.
 *
 *   text of the file, or undefined -> add -> text with ours in it -> remove -> text without
 */
export interface Piece {
  /** Repository-relative. */
  readonly file: string;
  /** A folder that must be there already. */
  readonly needs?: string;
  /** Who reads it; empty for everybody. */
  readonly agents: readonly Agent[];
  /** What is put there, in a few words. */
  readonly what: string;
  /** For this machine alone: never to be committed. */
  readonly isOwn?: boolean;
  /** Permission bits, should the file have to be made. */
  readonly mode?: number;
  /** The text with ours in it; the same text when it is there already; undefined when a file that is not there is not to be made. */
  add(text: string | undefined, asked: Asked): string | undefined;
  /** The text without ours, everything else as it is; undefined when nothing but ours was in it; the same text when ours cannot be told apart. */
  remove(text: string, asked: Asked): string | undefined;
}

import type { Route } from './codemod.ts';
import type { Task } from './edit.ts';
import type { PlanOptions } from './plan.ts';

/** Replaces text[start, end). Offsets are UTF-16 code units. */
export interface InverseEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** By what a file is known when a formatter has been at it. Hashes are of its marks: all but spaces, line breaks, semicolons and commas. */
export interface FileLayout {
  readonly after: string;
  readonly before?: string;
  /** Which marks each edit put in, and what stood there with the layout around it. */
  readonly edits?: readonly { readonly from: number; readonly to: number; readonly text: string }[];
}

/** How one file gets its old bytes back. Hashes are hex sha256, null when the file does not exist. */
export interface ReceiptFile {
  readonly file: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly restore:
    | { readonly kind: 'edits'; readonly edits: readonly InverseEdit[] }
    | { readonly kind: 'content'; readonly base64: string; readonly mode: number }
    /** A file that is no text, as base64 of gzip. */
    | { readonly kind: 'packed'; readonly gzip: string; readonly mode: number }
    | { readonly kind: 'remove' };
  /** Of a text; receipts of 0.3.0 have none. */
  readonly layout?: FileLayout;
}

/** A package folder whose package manager has to run. */
export interface Install {
  readonly folder: string;
  readonly packageManager: string;
}

/** A lock file before the first apply, which an install after it may change: the git blob that a commit holds, or its bytes as base64 of gzip. */
export type LockImage =
  | { readonly file: string; readonly kind: 'git'; readonly blob: string }
  | { readonly file: string; readonly kind: 'packed'; readonly gzip: string };

/** A task of an applied plan. */
export interface LeftTask extends Task {
  readonly codemod: string;
}

/** What was applied, and enough to undo it. Written to `.tracewright/receipt.json`; holds no clock and no absolute path. */
export interface Receipt {
  /** 2: an upgrade stands on the receipt of the migration before it. */
  readonly format: 1 | 2;
  readonly applied: readonly {
    readonly plan: string;
    readonly version: string;
    /** Version of the middleware; up to 0.3.0 nothing says it. */
    readonly middleware?: string;
    readonly options: PlanOptions;
    readonly codemods: readonly string[];
    /** What was left to a person, and why; absent when nothing was. */
    readonly tasks?: readonly LeftTask[];
  }[];
  readonly files: readonly ReceiptFile[];
  /** Lock files beside and above a changed package.json; one that is not listed was not there. */
  readonly locks: readonly LockImage[];
  /** Folders that apply made, outermost first. */
  readonly folders: readonly string[];
  /** Routes of the applied plans; `verify` drives the parameterless GET ones. */
  readonly routes?: readonly Route[];
  /** Package folders whose manifests changed. */
  readonly installs?: readonly Install[];
  /** The receipt that was here before an upgrade, whole; undo writes it back. */
  readonly earlier?: Receipt;
}

/** What `apply` did. */
export interface Applied {
  readonly status: 'applied' | 'unchanged';
  readonly changed: number;
  readonly files: readonly string[];
  /** `none`: the folder is in no git repository, so nothing guards it but the receipt. */
  readonly git: 'clean' | 'dirty' | 'none' | 'not-asked';
  /** True when an interrupted apply was put back first. */
  readonly recovered: boolean;
  /** Folders whose package manager has to install now. */
  readonly installs: readonly Install[];
}

/** What `undo` did. */
export interface Undone {
  readonly restored: readonly string[];
  readonly removed: readonly string[];
  /** Of the restored files, those that a formatter had changed since: they keep its layout. */
  readonly reformatted?: readonly string[];
  /** True when an interrupted apply was put back. */
  readonly recovered: boolean;
  /** Folders whose package manager takes out of node_modules what apply added. */
  readonly installs: readonly Install[];
  /** True when an upgrade was undone: the migration before it is still there, for the next undo. */
  readonly earlier?: true;
}

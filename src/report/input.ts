import type { VerifyReport } from '../verify/index.ts';

/** A place that codemods know, and what the run says about it. */
export interface LedgerEntry {
  /** `METHOD /path`, a codemod's promise, or what was refused. */
  readonly site: string;
  readonly service?: string;
  /** `file:line`. */
  readonly place?: string;
  /** Codemod id or error code that speaks of it. */
  readonly source: string;
  /** `unseen`: it was asked for and no span came; `placed`: the change is in the tree; `absent`: there is nothing here for this codemod. */
  readonly state: 'unseen' | 'unasked' | 'task' | 'refused' | 'seen' | 'placed' | 'absent';
  readonly why: string;
  readonly next?: string;
}

/** Everything the page is made of. */
export interface ReportInput {
  /** What a person calls the repository. */
  readonly repository: string;
  readonly version: string;
  readonly verify: VerifyReport;
  readonly ledger: readonly LedgerEntry[];
}

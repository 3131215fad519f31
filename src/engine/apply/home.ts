/** Where the engine keeps its things in a repository, relative to the root. */
export const HOME: string = '.tracewright';
export const RECEIPT: string = '.tracewright/receipt.json';
export const JOURNAL: string = '.tracewright/journal.json';
export const STAGE: string = '.tracewright/stage';
export const LOCK: string = '.tracewright/lock';
export const DISMISSED: string = '.tracewright/dismissed.json';
export const AGENTS: string = '.tracewright/agents.json';

/** Where the engine keeps its things in a repository, relative to the root. */
export const HOME = '.tracewright';
export const RECEIPT = `${HOME}/receipt.json`;
export const JOURNAL = `${HOME}/journal.json`;
export const STAGE = `${HOME}/stage`;
export const LOCK = `${HOME}/lock`;

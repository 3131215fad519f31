export type { LedgerEntry, ReportInput } from './input.ts';
export { drawUpLedger, type LedgerSources } from './ledger.ts';
export { readLedgerSources } from './read-ledger-sources.ts';
export { renderHtml } from './render-html.ts';
export { saveReport } from './save-report.ts';

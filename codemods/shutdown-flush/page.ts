import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'Versions until 0.3.0 turned exits into returns to send the last spans. Code that relied on process.exit never returning went on; the middleware sends them at any exit today, without an edit.',
  notFor: 'Repositories that were never migrated by such a version: there is nothing to take back.',
  example: 'upgrades-a-call-written-by-hand',
  provenBy: [],
};

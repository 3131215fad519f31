import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'A migration is undone by the first change that loads something before tracing. A gate in CI says so in the pull request that does it.',
  notFor: 'Repositories whose CI does not run on Node.js 20.6 or later, which the tool needs: there it becomes a task.',
  example: 'github-adds-a-workflow-when-none-tests',
  provenBy: [],
};

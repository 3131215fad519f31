import type { CodemodPage } from '../../src/contract/index.ts';

export const page: CodemodPage = {
  why: 'Tracing that loads after the libraries it watches sees nothing of them, and nothing says so. This puts it first in every entry, and into every launch where ES modules need a hook.',
  notFor:
    'Launches that it cannot follow become a task with the line to change. So does a launch or an entry in an image that cannot be shown to hold the bootstrap, because loading a missing file stops the program. An entry that must load something before (a resolver, a transpiler) keeps it first.',
  example: 'loads-esm-without-libraries-by-first-line',
  provenBy: ['examples/legacy-express/golden/customers.json'],
};

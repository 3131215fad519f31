import { sourceOf } from '../../src/ast/index.ts';
import type { Codemod, Splice } from '../../src/contract/index.ts';
import { reasons } from './reasons.ts';
import { takeBack } from './take-back.ts';

const codemod: Codemod<Splice> = {
  meta: {
    id: 'shutdown-flush',
    title: 'Take earlier edits of exits back',
    description:
      'Takes back the calls of flushAndExit, and the `return`s before them, that versions until 0.3.0 wrote into shutdown handlers: code that relied on process.exit never returning went on. Exits are not edited any more, because the middleware sends what is left whenever the program exits. Exit codes stay the same.',
    kind: 'upgrade',
    scope: 'file',
    targets: {},
    mentions: ['flushAndExit'],
    after: [],
  },
  expects: [],
  detect(repo) {
    const sites = repo.mentioning(codemod.meta.mentions).flatMap((file) => {
      const source = sourceOf(file, repo.read(file));
      return source === undefined ? [] : takeBack(repo, source);
    });
    return sites.length === 0 ? { status: 'satisfied', why: reasons.satisfied } : { status: 'applies', sites };
  },
  plan: (sites) => ({ edits: sites, tasks: [] }),
};

export default codemod;

import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Attack, commitAll, evil, git, link, puts, RECEIPT, read, receipt, removes, withReceipt, write } from './attack.ts';

const undo = 'undo . --yes';

/** A receipt that writes to one path, and the code that `undo --yes` answers. */
function writing(holds: string, file: string, code: string, prepare: Attack['lay'] = () => undefined): Attack {
  const lay: Attack['lay'] = (place) => {
    prepare(place);
    withReceipt(() => [puts(file)])(place);
  };
  return { holds: `a receipt that writes ${holds}`, lay, runs: [[undo, code]] };
}

/** Where a receipt must never write. */
const paths: readonly Attack[] = [
  writing('a hook of git', '.git/hooks/pre-commit', 'TW2026'),
  {
    holds: 'a receipt that replaces the settings of git',
    lay: (place) => withReceipt(() => [puts('.git/config', read(place, '.git/config'))])(place),
    runs: [[undo, 'TW2026']],
  },
  writing('a hook in other letters', '.GiT/hooks/pre-commit', 'TW2026'),
  writing('a hook as Windows ends names', '.git. ./hooks/pre-commit', 'TW2026'),
  writing('a hook as Windows shortens names', 'GIT~1/hooks/pre-commit', 'TW2026'),
  writing('a hook as NTFS names a stream', '.git::$INDEX_ALLOCATION/hooks/pre-commit', 'TW2026'),
  writing('a hook with a letter that a Mac leaves out', '.g\u200cit/hooks/pre-commit', 'TW2026'),
  {
    holds: 'a receipt that replaces the .git file of a worktree',
    lay: (place) => {
      commitAll(place.repo);
      git(place.repo, 'worktree', 'add', '-q', '--detach', 'tree');
      withReceipt(() => [puts('tree/.git', read(place, 'tree/.git'))])(place);
    },
    runs: [[undo, 'TW2026']],
  },
  {
    holds: 'a receipt that removes the .git file of a submodule',
    lay: (place) => {
      mkdirSync(join(place.around, 'lib'));
      git(join(place.around, 'lib'), 'init', '-q');
      commitAll(join(place.around, 'lib'));
      git(place.repo, 'submodule', 'add', '-q', '../lib', 'sub');
      withReceipt(() => [removes('sub/.git', read(place, 'sub/.git'))])(place);
    },
    runs: [[undo, 'TW2026']],
  },
  writing('a hook of a submodule', '.git/modules/sub/hooks/post-checkout', 'TW2026'),
  writing('a hook of a clone in the tree', 'lib/.git/hooks/post-checkout', 'TW2026', ({ repo }) => git(repo, 'init', '-q', 'lib')),
  writing('a hook of a git folder with another name', 'meta/hooks/post-checkout', 'TW2026', ({ repo }) =>
    git(repo, 'init', '-q', '--bare', 'meta'),
  ),
  writing('a program of the installed packages', 'node_modules/.bin/node', 'TW2026'),
  writing('a program of the packages of a workspace, in other letters', 'api/Node_Modules/.bin/node', 'TW2026'),
  writing('the steps of the tasks', '.tracewright/tasks/graph.json', 'TW2026'),
  writing('a golden trace', '.tracewright/golden/smoke.json', 'TW2026'),
  writing('a file above', '../made', 'TW2007'),
  writing('a file above by a detour', 'lib/../../made', 'TW2007'),
  writing('a file above as Windows writes it', '..\\made', 'TW2007'),
  writing('a drive', 'C:/made', 'TW2007'),
  {
    holds: 'a receipt with an absolute path',
    lay: (place) => withReceipt(() => [puts(join(place.around, 'made'))])(place),
    runs: [[undo, 'TW2007']],
  },
  writing('through a link to a folder', 'up/made', 'TW2007', (place) => link(place, 'up', '..')),
  {
    holds: 'a receipt that removes through a link to a file',
    lay: (place) => {
      link(place, 'canary', '../canary.txt');
      withReceipt(() => [removes('canary', 'untouched\n')])(place);
    },
    runs: [[undo, 'TW2007']],
  },
  {
    holds: 'a receipt that calls a hook a lock file',
    lay: withReceipt(() => [], { locks: [{ file: '.git/hooks/yarn.lock', kind: 'packed', gzip: gzipSync(evil).toString('base64') }] }),
    runs: [[undo, 'TW2026']],
  },
  {
    holds: 'a receipt that calls a source a lock file',
    lay: withReceipt(() => [], { locks: [{ file: 'index.js', kind: 'packed', gzip: gzipSync(evil).toString('base64') }] }),
    runs: [[undo, 'TW2016']],
  },
  {
    holds: 'a receipt that empties folders of git and above',
    lay: withReceipt(() => [], { folders: ['.git/refs/tags'] }),
    runs: [[undo, 'TW2026']],
  },
  {
    holds: 'a receipt that installs above',
    lay: withReceipt(() => [removes('package.json', 'x')], { installs: [{ folder: '..', packageManager: 'npm' }] }),
    runs: [
      ['apply . --yes --install', 'TW2007'],
      [undo, 'TW2007'],
    ],
  },
];

/** What a receipt must never say, or what nobody must believe. */
const contents: readonly Attack[] = [
  {
    holds: 'a receipt for a file that is in the repository, and nobody said yes',
    lay: (place) => withReceipt(() => [puts('index.js', read(place, 'index.js'))])(place),
    runs: [['undo .', 'TW1073']],
  },
  {
    holds: 'a receipt whose old bytes are not those it names',
    lay: (place) => withReceipt(() => [{ ...puts('index.js', read(place, 'index.js')), before: 'a'.repeat(64) }])(place),
    runs: [[undo, 'TW2016']],
  },
  {
    holds: 'a receipt of a file with other bytes',
    lay: withReceipt(() => [puts('index.js', 'something else')]),
    runs: [[undo, 'TW2009']],
  },
  {
    holds: 'a receipt of another repository',
    lay: withReceipt(() => [puts('app.js', 'elsewhere'), puts('index.js', 'elsewhere')]),
    runs: [[undo, 'TW2032']],
  },
  {
    holds: 'a receipt that names a file twice',
    lay: (place) => withReceipt(() => [puts('index.js', read(place, 'index.js')), puts('index.js', read(place, 'index.js'))])(place),
    runs: [[undo, 'TW2016']],
  },
  {
    holds: 'a receipt that makes a program run as its owner',
    lay: withReceipt(() => [puts('run.sh', null, 0o4755)]),
    runs: [[undo, '']],
    may: ['run.sh', RECEIPT],
  },
  {
    holds: 'a receipt whose lock file unpacks to more than the memory',
    lay: withReceipt(() => [], {
      locks: [{ file: 'yarn.lock', kind: 'packed', gzip: gzipSync(Buffer.alloc(257_000_000)).toString('base64') }],
    }),
    runs: [[undo, 'TW2016']],
  },
  {
    holds: 'a receipt as large as the disk',
    lay: (place) => {
      write(place, { [RECEIPT]: receipt({}) });
      truncateSync(join(place.repo, RECEIPT), 5_000_000_000);
    },
    runs: [
      [undo, 'TW2016'],
      ['apply . --yes', 'TW2016'],
    ],
  },
  {
    holds: 'a receipt that is nested without end',
    lay: (place) => write(place, { [RECEIPT]: receipt({}).replace('"applied":[]', `"applied":${'['.repeat(1e6)}${']'.repeat(1e6)}`) }),
    runs: [
      [undo, 'TW2016'],
      ['apply . --yes', 'TW2016'],
    ],
  },
  {
    holds: 'a receipt with the keys of every object',
    lay: (place) =>
      write(place, {
        [RECEIPT]: '{"__proto__":{"format":1,"applied":[],"files":[],"locks":[],"folders":[]},"constructor":{"prototype":{"mode":4095}}}',
      }),
    runs: [[undo, 'TW2016']],
  },
];

export const receiptAttacks: readonly Attack[] = [...paths, ...contents];

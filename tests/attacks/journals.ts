import { createHmac } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../src/engine/plan/canonical.ts';
import { type Attack, commitAll, JOURNAL, journal, link, read, write } from './attack.ts';

const apply = 'apply . --yes';
const undo = 'undo . --yes';

/** A journal that an archive brings: git does not track it. */
function archived(holds: string, file: string, code: string, prepare: Attack['lay'] = () => undefined): Attack {
  const lay: Attack['lay'] = (place) => {
    prepare(place);
    write(place, { [JOURNAL]: journal(file, null) });
  };
  return {
    holds: `a journal that writes ${holds}`,
    lay,
    runs: [
      [apply, code],
      [undo, code],
    ],
  };
}

export const journalAttacks: readonly Attack[] = [
  archived('a hook of git', '.git/hooks/pre-commit', 'TW2026'),
  archived('a program of the installed packages', 'node_modules/.bin/node', 'TW2026'),
  archived('the steps of the tasks', '.tracewright/tasks/graph.json', 'TW2026'),
  archived('a file above', '../made', 'TW2007'),
  archived('through a link', 'up/made', 'TW2007', (place) => link(place, 'up', '..')),
  {
    holds: 'a journal that a commit brings',
    lay: (place) => {
      write(place, { [JOURNAL]: journal('index.js', read(place, 'index.js')) });
      commitAll(place.repo);
    },
    runs: [
      ['plan .', 'TW2027'],
      [apply, 'TW2027'],
      [undo, 'TW2027'],
      ['tasks run .', 'TW2027'],
    ],
  },
  {
    holds: 'a journal that an archive brings',
    lay: (place) => write(place, { [JOURNAL]: journal('index.js', read(place, 'index.js')) }),
    runs: [
      ['plan .', 'TW2028'],
      [apply, 'TW2028'],
      ['apply .', 'TW2028'],
      [undo, 'TW2028'],
      ['undo .', 'TW2028'],
    ],
  },
  {
    holds: 'a journal with a signature that somebody made up',
    lay: (place) => write(place, { [JOURNAL]: journal('index.js', read(place, 'index.js'), { signature: 'a'.repeat(64) }) }),
    runs: [
      [apply, 'TW2028'],
      [undo, 'TW2028'],
    ],
  },
  {
    holds: 'a journal and the secret that signs it, where the home folder is the repository, as in a container',
    lay: (place) => {
      const folder = join(place.repo, '.local/state/tracewright');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'journal.key'), Buffer.alloc(32), { mode: 0o600 });
      chmodSync(folder, 0o700);
      const text = journal('index.js', read(place, 'index.js'));
      const signed = canonicalJson({ root: realpathSync(place.repo), value: JSON.parse(text) });
      const signature = createHmac('sha256', Buffer.alloc(32)).update(signed).digest('hex');
      write(place, { [JOURNAL]: JSON.stringify({ ...JSON.parse(text), signature }) });
    },
    runs: [
      [apply, 'TW2028'],
      [undo, 'TW2028'],
    ],
    env: ({ repo }) => ({ HOME: repo, XDG_STATE_HOME: '' }),
  },
  {
    holds: 'a journal that is a link to one elsewhere',
    lay: (place) => {
      writeFileSync(join(place.around, 'journal.json'), journal('index.js', read(place, 'index.js')));
      link(place, JOURNAL, '../../journal.json');
    },
    runs: [
      [apply, 'TW2028'],
      [undo, 'TW2028'],
    ],
  },
];

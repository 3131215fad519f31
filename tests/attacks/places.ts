import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Attack, app, applied, commitAll, evil, link, type Place, puts, RECEIPT, read, receipt, write } from './attack.ts';

const apply = 'apply . --yes';
const swap = fileURLToPath(new URL('swap.cjs', import.meta.url));

function pipe({ repo }: Place, file: string): void {
  mkdirSync(dirname(join(repo, file)), { recursive: true });
  rmSync(join(repo, file), { force: true });
  execFileSync('mkfifo', [join(repo, file)]);
}

/** What lies where ours would lie. */
const homes: readonly Attack[] = [
  {
    holds: 'a folder of ours that is a link',
    lay: (place) => link(place, '.tracewright', '../victim'),
    runs: [
      [apply, 'TW2007'],
      ['undo .', 'TW2010'],
      ['tasks plan .', 'TW2007'],
      ['agent-init .', 'TW2007'],
    ],
  },
  {
    holds: 'a folder of ours that is a file',
    lay: (place) => write(place, { '.tracewright': 'x' }),
    runs: [
      [apply, 'TW2008'],
      ['tasks plan .', 'TW2008'],
    ],
  },
  {
    holds: 'a stage and a next journal that are links',
    lay: (place) => {
      link(place, '.tracewright/stage', '../../victim');
      link(place, '.tracewright/journal.json.new', '../../canary.txt');
    },
    runs: [[apply, '']],
    may: [...applied, '.tracewright/stage', '.tracewright/journal.json.new'],
  },
  {
    holds: 'a lock that is a link',
    lay: (place) => link(place, '.tracewright/lock', '../../canary.txt'),
    runs: [[apply, 'TW2007']],
  },
  {
    holds: 'a lock that a process of another machine holds',
    lay: (place) => write(place, { '.tracewright/lock': '1 1 elsewhere\n' }),
    runs: [[apply, 'TW2005']],
  },
  {
    holds: 'a receipt that is a pipe',
    lay: (place) => pipe(place, RECEIPT),
    runs: [
      [apply, 'TW2016'],
      ['undo . --yes', 'TW2016'],
    ],
  },
  { holds: 'a receipt that is a device', lay: (place) => link(place, RECEIPT, '/dev/zero'), runs: [[apply, 'TW2016']] },
  { holds: 'tasks that are a link', lay: (place) => link(place, '.tracewright/tasks', '../../victim'), runs: [['tasks plan .', 'TW2007']] },
  {
    holds: 'local files of the tasks that are a link',
    lay: (place) => link(place, '.tracewright/tasks/local', '../../../victim'),
    runs: [['tasks plan .', 'TW2007']],
  },
];

/** What lies where the change would be written. */
const targets: readonly Attack[] = [
  {
    holds: 'an entry that is another name of a file elsewhere',
    lay: (place) => {
      writeFileSync(join(place.around, 'twin.js'), app['index.js'] ?? '');
      rmSync(join(place.repo, 'index.js'));
      linkSync(join(place.around, 'twin.js'), join(place.repo, 'index.js'));
    },
    runs: [[apply, '']],
    may: applied,
  },
  {
    holds: 'a vendor folder that is a link',
    lay: (place) => {
      link(place, 'vendor', '../victim');
      commitAll(place.repo);
    },
    runs: [[apply, 'TW2007']],
  },
  {
    holds: 'an entry that is a pipe',
    lay: (place) => pipe(place, 'index.js'),
    runs: [[apply, 'TW1010']],
  },
  {
    holds: 'an entry that became a link after it was planned',
    lay: () => undefined,
    runs: [
      [
        'plan . --out ../plan.json',
        '',
        (place) => {
          renameSync(join(place.repo, 'index.js'), join(place.around, 'index.js'));
          link(place, 'index.js', '../index.js');
          commitAll(place.repo);
        },
      ],
      ['apply . --yes --plan ../plan.json', 'TW2007'],
    ],
    mayAround: ['plan.json'],
  },
  {
    holds: 'a folder that becomes a link while apply writes',
    lay: () => undefined,
    runs: [[apply, 'TW2007']],
    may: ['vendor'],
    env: ({ around }) => ({ NODE_OPTIONS: `--require ${swap}`, SWAP_TO: join(around, 'victim') }),
  },
  {
    holds: 'an entry that is replaced while apply writes',
    lay: () => undefined,
    runs: [[apply, 'TW2001']],
    may: ['index.js'],
    env: () => ({ NODE_OPTIONS: `--require ${swap}`, SWAP_TEXT: 'index.js' }),
  },
  {
    holds: 'a plan whose hash fits what somebody wrote into it',
    lay: (place) => write(place, { 'plan.json': '{"hash":"","options":{"only":[],"skip":[]},"files":[{"file":"../made"}]}' }),
    runs: [['apply . --yes --plan plan.json', 'TW2020']],
  },
  {
    holds: 'a link where a person asks the plan to be written',
    lay: (place) => link(place, 'plan.json', '../canary.txt'),
    runs: [['plan . --out plan.json', 'TW2007']],
  },
  {
    holds: 'a link where a person asks a page for a reviewer to be written',
    lay: (place) => link(place, 'out', '../victim'),
    runs: [['plan . --handoff out/kept', 'TW2007']],
  },
  {
    holds: 'a link where a report of check is asked for',
    lay: (place) => {
      write(place, { [RECEIPT]: receipt({}) });
      link(place, 'check.sarif', '../canary.txt');
    },
    runs: [['check . --sarif check.sarif', 'TW2007']],
  },
  {
    holds: 'scenarios whose names are paths',
    lay: (place) =>
      write(place, {
        [RECEIPT]: receipt({ applied: [{ plan: 'x', version: '0', options: { only: [], skip: [] }, codemods: ['otel-load'] }] }),
        'tracewright.yaml':
          'version: 1\nservices:\n  - name: shop\n    command: node index.js\nscenarios:\n  - name: ../../../made\n    requests: [GET /]\n',
      }),
    runs: [['record .', 'TW3006']],
  },
];

/** What agent-init reads and writes. */
const agents: readonly Attack[] = [
  {
    holds: 'a receipt of agents that writes a hook of git',
    lay: (place) => write(place, { '.tracewright/agents.json': JSON.stringify({ format: 1, files: [puts('.git/hooks/x')], folders: [] }) }),
    runs: [['agent-init . --undo --yes', 'TW2026']],
  },
  {
    holds: 'a receipt of agents that replaces a source, and nobody said yes',
    lay: (place) => {
      const files = [puts('index.js', read(place, 'index.js'))];
      write(place, { '.tracewright/agents.json': JSON.stringify({ format: 1, files, folders: [] }) });
    },
    runs: [['agent-init . --undo', 'TW1073']],
  },
  {
    holds: 'settings of an agent that are a link',
    lay: (place) => link(place, '.mcp.json', '../canary.txt'),
    runs: [['agent-init . --claude', 'TW2007']],
  },
  {
    holds: 'a folder of an agent that leads into git',
    lay: (place) => link(place, '.cursor', '.git'),
    runs: [['agent-init . --cursor', 'TW2026']],
  },
];

/** A task graph of a stranger, with what is known of its steps. */
function graph(step: Readonly<Record<string, unknown>>, repositories: Readonly<Record<string, unknown>> = {}): Attack['lay'] {
  return (place) => {
    const own = { '.': { base: '0'.repeat(40), branch: 'x' }, ...repositories };
    const whole = { format: 1, tool: '0', hash: 'x', repositories: own, steps: [{ after: [], attempts: 1, identity: 'x', ...step }] };
    write(place, { '.tracewright/tasks/graph.json': JSON.stringify(whole) });
    write(place, { '.tracewright/tasks/journal.ndjson': '{"seq":1,"event":"start","step":"install","prev":"","hash":"x"}\n' });
    commitAll(place.repo);
  };
}

const install = { id: 'install', kind: 'install', input: { plan: 'x', folder: '', packageManager: 'npm' } };

const tasks: readonly Attack[] = [
  {
    holds: 'tasks that install above',
    lay: graph({ ...install, input: { ...install.input, folder: '../victim' } }),
    runs: [['tasks resume .', 'TW4002']],
  },
  {
    holds: 'tasks in a repository beside this one',
    lay: graph({ ...install, repo: '../victim' }, { '../victim': { base: '0'.repeat(40), branch: 'x' } }),
    runs: [['tasks resume .', 'TW4002']],
  },
  {
    holds: 'tasks with a step whose name is a path',
    lay: graph({ ...install, id: '../../../made' }),
    runs: [['tasks resume .', 'TW4002']],
  },
  {
    holds: 'tasks that were not written by us as they are',
    lay: graph({ id: 'command', kind: 'command', input: { plan: 'x', folder: '', command: evil } }),
    runs: [
      ['tasks resume .', 'TW4005'],
      ['tasks run .', 'TW4005'],
    ],
  },
];

export const placeAttacks: readonly Attack[] = [...homes, ...targets, ...agents, ...tasks];

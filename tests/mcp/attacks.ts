import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a repository lies, what lies around it, and which server will read it. */
interface Place {
  readonly cwd: string;
  readonly around: string;
  readonly pid: number;
}

/** What a hostile repository holds besides a small program. */
export interface Attack {
  readonly files?: Readonly<Record<string, string>>;
  readonly prepare?: (place: Place) => void;
  /** Codes of plan, apply, status and undo. */
  readonly codes?: readonly (string | undefined)[];
  /** Command lines that are tried as well. */
  readonly cli?: readonly (readonly string[])[];
}

type Attacks = Readonly<Record<string, Attack>>;

const canary = '0967b63182a9178fa55b1b6b6f3db64bb615bc8ed4457d69ceb99faeecbf8ed7';
const trap = 'touch pwned; touch ../pwned';

function receipt(more: Readonly<Record<string, unknown>>): Attack['files'] & object {
  const whole = { format: 1, applied: [], files: [], locks: [], folders: [], ...more };
  return { '.tracewright/receipt.json': JSON.stringify(whole) };
}

function journal(files: readonly unknown[], folders: readonly string[] = []): Attack['files'] & object {
  return { '.tracewright/journal.json': JSON.stringify({ format: 1, files, folders }) };
}

const removed = { before: null, after: canary, restore: { kind: 'remove' } };
const overwrite = { base64: 'b3ducw==', mode: 493, after: canary };
const honest = journal([{ file: 'new.js', base64: 'eA==', mode: 420, after: null }]);

function link(from: string, to: string): Attack['prepare'] & object {
  return ({ cwd }) => {
    mkdirSync(join(cwd, from, '..'), { recursive: true });
    rmSync(join(cwd, from), { recursive: true, force: true });
    symlinkSync(to, join(cwd, from));
  };
}

function fifo(path: string): Attack['prepare'] & object {
  return ({ cwd }) => {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    rmSync(join(cwd, path), { recursive: true, force: true });
    execFileSync('mkfifo', ['-m', '644', join(cwd, path)]);
  };
}

/** Things in the tree that are no plain files, and names that a shell would read otherwise. */
export const treeAttacks: Attacks = {
  'an entry that is a hard link to a file elsewhere': {
    prepare: ({ cwd, around }) => {
      writeFileSync(join(around, 'canary.js'), "require('http').createServer().listen(1);\n");
      rmSync(join(cwd, 'index.js'));
      linkSync(join(around, 'canary.js'), join(cwd, 'index.js'));
    },
    codes: [undefined, undefined, undefined, undefined],
  },
  'a package.json that is a hard link to one elsewhere': {
    prepare: ({ cwd, around }) => {
      renameSync(join(cwd, 'package.json'), join(around, 'linked.json'));
      linkSync(join(around, 'linked.json'), join(cwd, 'package.json'));
    },
    codes: [undefined, undefined, undefined, undefined],
  },
  'an entry that is a FIFO': { prepare: fifo('index.js') },
  'a package.json that is a FIFO': { prepare: fifo('api/package.json') },
  'a .gitignore that is a FIFO': { prepare: fifo('.gitignore') },
  'a tracewright.yaml that is a FIFO': { prepare: fifo('tracewright.yaml') },
  'a Dockerfile that is a FIFO': { prepare: fifo('Dockerfile') },
  'a lock file that is a FIFO': { prepare: fifo('package-lock.json') },
  'an installed package whose manifest is a FIFO': { prepare: fifo('node_modules/@opentelemetry/api/package.json') },
  'a bootstrap that is a FIFO': { prepare: fifo('instrumentation.cjs') },
  'a link to a device': { prepare: link('config/zero.js', '/dev/zero') },
  'a link to the file system': { prepare: link('src', '/') },
  'a .gitignore that is a link to a device': { prepare: link('.gitignore', '/dev/zero') },
  'node_modules that leads elsewhere': { prepare: link('node_modules', '../victim') },
  'workspaces and tsconfig files above the repository': {
    files: {
      'package.json':
        '{ "name": "shop", "workspaces": ["../*", "/etc"], "main": "../canary.txt", "bin": "../../x", "scripts": { "start": "ts-node index.ts" } }',
      'index.ts': "import http from 'http'; import x from '~/x'; http.createServer().listen(1);\n",
      'tsconfig.json':
        '{ "extends": ["../../outside", "/etc/passwd", "./tsconfig.json"], "compilerOptions": { "outDir": "../..", "baseUrl": "/", "paths": { "~/*": ["../../../*"] } } }',
    },
  },
  'names that a shell would run': {
    files: Object.fromEntries(
      [
        '$(touch pwned)',
        '`touch pwned`',
        ';touch pwned;',
        "'; touch pwned #",
        '"|touch pwned|"',
        '\ntouch pwned\n',
        '--exec=touch pwned',
        '-rf',
        '*',
        '~',
      ].flatMap((name) => [
        [`${name}/package.json`, JSON.stringify({ name, scripts: { start: 'node index.js', postinstall: trap } })],
        [`${name}/index.js`, "require('http').createServer().listen(3000);\n"],
      ]),
    ),
    codes: [undefined, undefined, undefined, undefined],
    cli: [
      ['plan', '.'],
      ['apply', '.', '--yes'],
      ['check', '.'],
      ['undo', '.', '--yes'],
    ],
  },
  'names that a terminal would obey': {
    files: Object.fromEntries(
      ['\u001b[2J\u001b]0;owned\u0007', 'a\u202Egpj.sj', 'b\u0008\u0008c', '\u009b31m'].flatMap((name) => [
        [`${name}/package.json`, JSON.stringify({ name: `x${name}`, scripts: { start: 'node index.js' } })],
        [`${name}/index.js`, "require('http').createServer().listen(3000);\n"],
        [`${name}/broken.js`, "require('express'); }{\n"],
      ]),
    ),
    codes: [undefined, undefined, undefined, undefined],
    cli: [
      ['plan', '.'],
      ['plan', '.', '--diff'],
      ['apply', '.', '--yes'],
      ['check', '.'],
      ['undo', '.', '--yes'],
    ],
  },
  'names as long as they may be': {
    files: {
      [`${'d'.repeat(255)}/${'e'.repeat(255)}/package.json`]: '{ "name": "long", "scripts": { "start": "node index.js" } }',
      [`${'d'.repeat(255)}/${'e'.repeat(255)}/index.js`]: "require('http').createServer().listen(1);\n",
    },
    codes: [undefined, undefined, undefined, undefined],
  },
  'names that differ in case alone': {
    files: {
      'Package.json': '{}',
      'INDEX.JS': 'x',
      'Instrumentation.cjs': 'x',
      '.Tracewright/receipt.json': '{}',
      '.GIT/config': '[core]\n\tfsmonitor = touch pwned\n',
    },
    codes: [undefined, undefined, undefined, undefined],
  },
};

/** Receipts, journals, locks and links where ours would lie. */
export const homeAttacks: Attacks = {
  'a receipt that removes a file above': { files: receipt({ files: [{ file: '../canary.txt', ...removed }] }) },
  'a receipt that removes an absolute path': {
    prepare: ({ cwd, around }) => plant(cwd, receipt({ files: [{ file: join(around, 'canary.txt'), ...removed }] })),
  },
  'a receipt that removes a file through a link': {
    files: receipt({ files: [{ file: 'up/canary.txt', ...removed }] }),
    prepare: link('up', '..'),
  },
  'a receipt that removes a lock file above': { files: receipt({ locks: [{ file: '../package-lock.json', kind: 'packed', gzip: '' }] }) },
  'a receipt whose manifest lies above': {
    files: receipt({ files: [{ file: '../package.json', before: null, after: null, restore: { kind: 'remove' } }] }),
  },
  'a receipt that empties folders above': { files: receipt({ folders: ['../empty', 'x/../../empty'] }) },
  'a receipt with a file that never ends': { files: receipt({ files: [{ file: '../../../../../../../dev/zero', ...removed }] }) },
  'a receipt that names a FIFO': { files: receipt({ files: [{ file: 'pipe', ...removed }] }), prepare: fifo('pipe') },
  'a receipt with another package manager': {
    files: {
      ...receipt({
        files: [{ file: 'package.json', ...removed }],
        installs: [
          { folder: '', packageManager: './run.sh' },
          { folder: '..', packageManager: 'touch' },
        ],
      }),
      'run.sh': `#!/bin/sh\n${trap}\n`,
      'package.json': '{ "name": "shop", "dependencies": { "x": "1" }, "scripts": { "start": "node index.js" } }',
    },
    prepare: ({ cwd }) => chmodSync(join(cwd, 'run.sh'), 0o755),
    cli: [['apply', '.', '--yes', '--install', '--only', 'http-server-spans']],
  },
  'a receipt of wrong types': {
    files: receipt({
      applied: [null, 1],
      files: [null, 'x', { file: 1 }, { file: 'a', restore: null }],
      locks: [[]],
      folders: [{}, 3],
      installs: 'x',
      routes: 7,
    }),
  },
  'a receipt with keys of every object': {
    files: {
      '.tracewright/receipt.json':
        '{"format":1,"__proto__":{"files":[]},"constructor":{},"applied":[],"files":[{"__proto__":null}],"locks":[],"folders":[]}',
    },
  },
  'a receipt that is a FIFO': { prepare: fifo('.tracewright/receipt.json') },
  'a receipt that is a folder': { files: { '.tracewright/receipt.json/x': '' } },
  'a receipt that is a link to a device': { prepare: link('.tracewright/receipt.json', '/dev/zero') },
  'a receipt nested without end': {
    files: {
      '.tracewright/receipt.json': `{"format":1,"applied":[],"files":[],"locks":[],"folders":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    },
  },
  'a journal that overwrites a file above': { files: journal([{ file: '../canary.txt', ...overwrite }]) },
  'a journal that makes a file above': { files: journal([{ file: '../../made', base64: 'eA==', mode: 493, after: null }]) },
  'a journal with an absolute path': {
    prepare: ({ cwd, around }) => plant(cwd, journal([{ file: join(around, 'canary.txt'), ...overwrite }])),
  },
  'a journal that writes through a link': { files: journal([{ file: 'up/canary.txt', ...overwrite }]), prepare: link('up', '..') },
  'a journal that empties folders above': { files: journal([], ['../empty']) },
  'a journal of wrong types': { files: journal([null, 'x', { file: 1 }], []) },
  'a journal that is a FIFO': { prepare: fifo('.tracewright/journal.json') },
  'a journal that is a link to a device': { prepare: link('.tracewright/journal.json', '/dev/zero') },
  'a journal, and a stage that leads elsewhere': { files: honest, prepare: link('.tracewright/stage', '../../victim') },
  'a journal, and a staged file that leads elsewhere': { files: honest, prepare: link('.tracewright/stage/old', '../../../canary.txt') },
  'a next journal that leads elsewhere': { prepare: link('.tracewright/journal.json.new', '../../canary.txt') },
  'a folder of ours that leads elsewhere': { prepare: link('.tracewright', '../victim') },
  'a folder of ours that leads to a journal elsewhere': {
    prepare: (place) => {
      writeFileSync(join(place.around, 'victim/journal.json'), Object.values(honest)[0] ?? '');
      link('.tracewright', '../victim')(place);
    },
  },
  'a folder of ours that is a FIFO': { prepare: fifo('.tracewright') },
  'a lock that is a FIFO': { prepare: fifo('.tracewright/lock') },
  'a lock that leads elsewhere': { prepare: link('.tracewright/lock', '../../canary.txt') },
  'a lock that is a folder': { files: { '.tracewright/lock/x': '' } },
  'a half of our lock that leads elsewhere': { prepare: (place) => link(`.tracewright/lock.${place.pid}`, '../../canary.txt')(place) },
  'golden traces that are a FIFO': { prepare: fifo('.tracewright/golden') },
  'golden traces that lead elsewhere': { prepare: link('.tracewright/golden', '/') },
  'a receipt of agents that names files above': {
    files: {
      '.tracewright/agents.json': JSON.stringify({
        format: 1,
        files: [
          { file: '../canary.txt', ...removed },
          { file: '../../../../../../dev/zero', ...removed },
        ],
        folders: ['../empty'],
      }),
    },
    prepare: git,
    cli: [['agent-init', '.', '--undo', '--yes']],
  },
};

function plant(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(cwd, file, '..'), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
}

/** A repository of git with everything committed, and then settings that a clone does not bring but an archive does. */
function git({ cwd }: Place, ...settings: readonly (readonly [string, string])[]): void {
  const run = (...words: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd, stdio: 'ignore' });
  run('init', '-q');
  run('add', '-A');
  run('commit', '-qm', 'all');
  for (const [key, value] of settings) run('config', key, value);
  for (const file of ['index.js', 'package.json']) utimesSync(join(cwd, file), 1, 1);
}

const clean = [undefined, undefined, undefined, undefined];

function configured(files: Readonly<Record<string, string>>, ...settings: readonly (readonly [string, string])[]): Attack {
  return {
    files: { '.gitignore': 'pwned\n', ...files },
    prepare: (place) => git(place, ...settings),
    codes: clean,
    cli: [['check', '.', '--staged']],
  };
}

const script = `sh -c '${trap}'`;

export const gitAttacks: Attacks = {
  'a file system monitor': configured({}, ['core.fsmonitor', script]),
  'a clean filter': configured({ '.gitattributes': '* filter=x\n' }, ['filter.x.clean', `${script}; cat`], ['filter.x.smudge', script]),
  'a filter process that must work': configured(
    { '.gitattributes': '* filter=x.y\n' },
    ['filter.x.y.process', script],
    ['filter.x.y.required', 'true'],
  ),
  'drivers of diff and merge': configured(
    { '.gitattributes': '* diff=x merge=x\n' },
    ['diff.x.textconv', script],
    ['diff.x.command', script],
    ['diff.external', script],
    ['merge.x.driver', script],
  ),
  'a pager, an editor, a proxy and aliases': configured(
    {},
    ['core.pager', script],
    ['core.editor', script],
    ['core.sshCommand', script],
    ['alias.status', `!${script}`],
    ['pager.status', 'true'],
    ['status.submoduleSummary', 'true'],
  ),
  hooks: {
    ...configured({}, ['core.hooksPath', 'hooks']),
    files: {
      '.gitignore': 'pwned\n',
      ...Object.fromEntries(
        ['post-index-change', 'pre-commit', 'post-checkout', 'fsmonitor-watchman', 'reference-transaction'].map((name) => [
          `hooks/${name}`,
          `#!/bin/sh\n${trap}\n`,
        ]),
      ),
    },
    prepare: (place) => {
      execFileSync('chmod', ['-R', '+x', join(place.cwd, 'hooks')]);
      git(place, ['core.hooksPath', 'hooks']);
    },
  },
  'a submodule with settings of its own': {
    prepare: (place) => {
      mkdirSync(join(place.cwd, 'sub'));
      const inner = { ...place, cwd: join(place.cwd, 'sub') };
      plant(inner.cwd, { 'index.js': '1;\n', 'package.json': '{}\n', '.gitattributes': '* filter=x\n' });
      git(inner, ['core.fsmonitor', script], ['filter.x.clean', script]);
      git(place);
    },
  },
  'a bare repository in the tree': {
    files: {
      HEAD: 'ref: refs/heads/main\n',
      config: `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "${script}"\n[filter "x"]\n\tclean = "${script}"\n`,
      'refs/heads/.keep': '',
      'objects/.keep': '',
      '.gitattributes': '* filter=x\n',
    },
  },
  'a .git file that leads elsewhere': { files: { '.git': 'gitdir: ../victim\n' } },
};

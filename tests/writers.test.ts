import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isReserved, pathFault, type Writer } from '../src/engine/apply/path-rule.ts';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** What `node:fs` has that changes a disk. */
const writing =
  /\b(?:write|append|rename|rm|rmdir|unlink|mkdir|mkdtemp|symlink|link|copyFile|cp|chmod|chown|truncate|ftruncate|utimes|open|createWriteStream|writeFile|appendFile)(?:Sync)?\b/;

/** Files of `src` that change a disk by themselves. Those that write into a repository ask `placeOf` or `chosenPlace` for every path. */
const asking = [
  'cli/commands/receive.ts',
  'cli/save-text.ts',
  'engine/apply/journal.ts',
  'engine/apply/lock.ts',
  'engine/apply/transaction.ts',
  'engine/apply/write-inside.ts',
  'report/save-report.ts',
  'tasks/claim.ts',
  'tasks/journal-file.ts',
  'tasks/steps/foreign.ts',
];

/** Those that write elsewhere, or what another file asked for. */
const elsewhere: Readonly<Record<string, string>> = {
  'capture/capture-tests.ts': 'a temporary folder',
  'cli/commands/demo.ts': 'a temporary folder',
  'cli/demo/examples.ts': 'a temporary folder',
  'cli/progress.ts': 'the terminal',
  'engine/apply/durable.ts': 'the places it is given',
  'engine/apply/own-key.ts': "the user's state folder, never in the repository",
  'mcp/background/place.ts': 'a temporary folder',
  'engine/plan/read-text.ts': 'reads only: it opens source files',
  'scaffold/new-place.ts': 'makes the folder of a new service that somebody named, and removes it empty',
  'tasks/git.ts': "git's own lock, where git says it is",
  'tasks/mirror/list-files.ts': "Claude Code's list, in the user's folder",
  'tasks/mirror/list-lock.ts': "Claude Code's list, in the user's folder",
  'verify/setup/checkout.ts': 'a temporary folder',
  'verify/run/node-shim.ts': 'a temporary folder',
  'verify/run/processes.ts': 'reads only: it opens files of /proc',
};

function sources(folder = ''): readonly string[] {
  return readdirSync(join(source, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : sources(path);
    return /\.c?ts$/.test(path) && !/\.test\.ts$/.test(path) ? [path] : [];
  });
}

/** Whether a text imports what changes a disk, by name or as a whole. */
function writes(text: string): boolean {
  const imports = [...text.matchAll(/import\s+(type\s+)?([^;'"]+?)\s+from\s+['"](?:node:)?fs(?:\/promises)?['"]/g)];
  const isOne = imports.some(([, type, names = '']) => type === undefined && (!names.startsWith('{') || writing.test(names)));
  return isOne || /(?:import|require)\(['"](?:node:)?fs(?:\/promises)?['"]\)/.test(text);
}

const text = (file: string): string => readFileSync(join(source, file), 'utf8');

describe('what writes', () => {
  const found = sources().filter((file) => !file.startsWith('testing/') && !file.endsWith('.cts') && writes(text(file)));

  it('is known, each file of it', () => {
    expect(found.length).toBeGreaterThan(15);
    expect([...found].sort()).toEqual([...asking, ...Object.keys(elsewhere)].sort());
  });

  it.each(asking)('%s asks where it may', (file) => {
    expect(text(file)).toMatch(
      /import \{[^}]*\b(?:placeOf|chosenPlace|folderIn|soleFile)\b[^}]*\} from '[^']*engine\/|from '\.\/place\.ts'/,
    );
    expect(text(file)).toMatch(/\b(?:placeOf|placeIn|chosenPlace|folderIn|soleFile)\(/);
  });

  it('would be seen in any form', () => {
    const forms = [
      "import { readFileSync, writeFileSync } from 'node:fs';",
      "import fs from 'fs';",
      "import * as fs from 'node:fs';",
      "import {\n  existsSync,\n  rmSync as remove,\n} from 'node:fs';",
      "import { writeFile } from 'node:fs/promises';",
      "const fs = await import('node:fs');",
    ];
    for (const form of forms) expect(writes(form), form).toBe(true);
    expect(writes("import { readFileSync, lstatSync, type Stats } from 'node:fs';")).toBe(false);
  });
});

describe('the path rule', () => {
  it.each([
    ['src/app.ts', 'change', undefined],
    ['.github/workflows/ci.yml', 'change', undefined],
    ['.claude/settings.json', 'change', undefined],
    ['.vscode/mcp.json', 'change', undefined],
    ['.gitignore', 'change', undefined],
    ['.gitlab-ci.yml', 'change', undefined],
    ['git/hooks.ts', 'change', undefined],
    ['vendor/a-1.0.0.tgz', 'change', undefined],
    ['.tracewright/golden/orders.json', 'change', undefined],
    ['.tracewright/golden', 'change', undefined],
    ['.tracewright', 'change', 'TW2026'],
    ['.tracewright/golden/tests/a.json', 'change', 'TW2026'],
    ['.tracewright/golden/.git', 'change', 'TW2026'],
    ['.tracewright/golden/a.sh', 'change', 'TW2026'],
    ['.tracewright/receipt.json', 'engine', undefined],
    ['.tracewright/golden/tests/a/b.json', 'golden', undefined],
    ['.tracewright/tasks/local/logs/a.1.log', 'tasks', undefined],
    ['.tracewright/receipt.json', 'change', 'TW2026'],
    ['.tracewright/receipt.json', 'golden', 'TW2026'],
    ['.tracewright/golden/../receipt.json', 'golden', 'TW2007'],
    ['.tracewright/golden/.git/config', 'golden', 'TW2026'],
    ['.Tracewright/golden/a.json', 'golden', 'TW2026'],
    ['src/app.ts', 'tasks', 'TW2026'],
    ['api/.tracewright/receipt.json', 'engine', 'TW2026'],
    ['a/.git', 'change', 'TW2026'],
    ['', 'change', 'TW2007'],
    ['a//b', 'change', 'TW2007'],
    ['./a', 'change', 'TW2007'],
    ['a\0b', 'change', 'TW2007'],
  ] as const)('%j for %s: %s', (file, writer: Writer, code) => {
    expect(pathFault(file, writer)).toBe(code);
  });

  it('knows reserved names in every spelling, and takes no other for one', () => {
    const git = ['.git', '.GIT', '.git.', '.git ', '.git . .', 'git~1', 'GIT~2', '.g\u200cit', '.git\ufeff', '.git::$DATA', '\uff0egit'];
    const others = ['node_modules', 'Node_Modules.', 'NODE_M~1', '.tracewright', '.TraceWright', 'TRACEW~1'];
    for (const name of [...git, ...others]) expect(isReserved(name), JSON.stringify(name)).toBe(true);
    for (const name of ['git', '.gitignore', '.github', '.git-hooks', 'node_modules2', 'tracewright', 'a.git', '.gitattributes', 'git~a'])
      expect(isReserved(name), name).toBe(false);
  });
});

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tsxLoader } from './tsx-loader.ts';

/** What the real command line printed, and how it ended. */
export interface CliRun {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What starts the command line, for tests that keep it running. */
export const program: readonly string[] = programWords();

/** The built program when it is newer than every source, which starts four times faster; else the source through tsx. */
function programWords(): readonly string[] {
  const built = join(root, 'dist/src/cli/main.js');
  const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isFresh = ['src', 'codemods'].every((folder) => newestSource(join(root, folder)) < builtAt);
  return isFresh ? [built] : ['--import', tsxLoader, join(root, 'src/cli/main.ts')];
}

function newestSource(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'fixtures');
  const times = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return newestSource(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? statSync(path).mtimeMs : 0;
  });
  return Math.max(0, ...times);
}

/** The same text for somebody who has the program on PATH: how a test calls it is not what a person sees. */
export const asTyped = (text: string): string => text.replaceAll(/node \S*main\.[jt]s/g, 'tracewright');

/** Runs the real command line in a child process, without a terminal; progress lines are left out of what it printed. */
export function runCli(words: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<CliRun> {
  return new Promise((resolve) => {
    const { PATH, HOME, XDG_STATE_HOME } = process.env;
    const env = { PATH, HOME, XDG_STATE_HOME, ...options.env };
    const child = execFile(process.execPath, [...program, ...words], { ...options, env, maxBuffer: 1e8 }, (_error, stdout, stderr) => {
      resolve({ exit: child.exitCode, stdout, stderr: stderr.replaceAll(/^.* \.\.\.\n/gm, '') });
    });
    child.stdin?.end();
  });
}

/** A new folder with these files. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-cli-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Every file below a folder with its text. */
export function readFolder(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { START_LINE } from '../../tests/differential/harness/compare.ts';

/** What a person sees of a command. */
export interface Seen {
  readonly stdout: string;
  readonly stderr: string;
  readonly end: string;
  /** Whether it said that it is traced. */
  readonly traced: boolean;
}

interface Launch {
  /** Where the package lies. */
  readonly folder: string;
  /** What stands behind `node` in its start script. */
  readonly start: readonly string[];
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const PATIENCE = 10_000;

/** Runs a command in an empty folder of its own; one that serves gets SIGTERM. */
export function run({ folder, start, args, env = {} }: Launch): Promise<Seen> {
  const cwd = join(folder, '..', 'cwd');
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd);
  const child = spawn(process.execPath, [...start.map((word) => (word.startsWith('-') ? word : join(folder, word))), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, CI: '1', TZ: 'UTC', NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  const timer = setTimeout(() => child.kill('SIGTERM'), PATIENCE);
  const last = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), PATIENCE * 2);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      clearTimeout(last);
      const plain = (text: string): string => hideRun(text.replaceAll(START_LINE, ''), folder);
      const traced = output.stderr.search(START_LINE) >= 0;
      resolve({ stdout: plain(output.stdout), stderr: plain(output.stderr), end: String(signal ?? code), traced });
    });
  });
}

/** Folders, times, ports and ids are of the run; frames that are not of the package are Node's and ours. */
function hideRun(text: string, folder: string): string {
  return text
    .replaceAll(`file://${folder}`, '<package>')
    .replaceAll(folder, '<package>')
    .replaceAll(dirname(folder), '<place>')
    .replaceAll(/(<package>[^\s:)]*):\d+(?::\d+)?/g, '$1:<line>')
    .replaceAll(/^ {4}at (?!.*<package>).*$\n?/gm, '')
    .replaceAll(/\(node:\d+\)/g, '(node:<pid>)')
    .replaceAll(/\b\d+(?:\.\d+)? ?(?:ms|s|seconds?|µs)\b/g, '<time>')
    .replaceAll(/\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>');
}

/** The files of a package that were loaded in a run. */
export async function loadedBy(launch: Launch): Promise<readonly string[]> {
  const folder = mkdtempSync(join(launch.folder, '..', 'coverage-'));
  await run({ ...launch, env: { ...launch.env, NODE_V8_COVERAGE: folder } });
  const urls = readdirSync(folder).flatMap((file) => {
    const { result }: { result: readonly { readonly url: string }[] } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return result.map(({ url }) => url).filter((url) => url.startsWith('file://'));
  });
  rmSync(folder, { recursive: true, force: true });
  const own = `${launch.folder}/`;
  return [...new Set(urls.map((url) => fileURLToPath(url)))].flatMap((path) => (path.startsWith(own) ? [path.slice(own.length)] : []));
}

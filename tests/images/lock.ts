import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from './stage.ts';
import { provide } from './tools.ts';

/** Lock files of packages that want the same, so that each is made once. */
const made = new Map<string, string>();

/** Writes the lock file that the package manager makes, as `apply --install` does. */
export function lock(context: string): void {
  const has = (file: string): boolean => existsSync(join(context, file));
  if (has('pnpm-workspace.yaml')) write(context, 'pnpm', ['install', '--lockfile-only', '--no-frozen-lockfile'], 'pnpm-lock.yaml');
  else if (has('yarn.lock')) write(context, 'yarn', ['install', '--ignore-scripts'], 'yarn.lock');
  else write(context, 'npm', ['install', '--package-lock-only', '--ignore-scripts'], 'package-lock.json');
}

function write(context: string, manager: 'npm' | 'yarn' | 'pnpm', words: readonly string[], file: string): void {
  const key = wantsOf(context, manager);
  const known = key === undefined ? undefined : made.get(key);
  if (known !== undefined) {
    writeFileSync(join(context, file), known);
    return;
  }
  if (manager !== 'npm') provide(manager);
  const work = mkdtempSync(join(tmpdir(), 'tracewright-image-lock-'));
  cpSync(context, work, { recursive: true });
  rmSync(join(work, file), { force: true });
  const env = environmentOf({ root: work, workdir: '/', env: {}, places: new Set() });
  execFileSync(manager, words, { cwd: work, env, stdio: 'pipe' });
  const text = readFileSync(join(work, file), 'utf8');
  writeFileSync(join(context, file), text);
  if (key !== undefined) made.set(key, text);
  rmSync(work, { recursive: true, force: true });
}

/** What a lone package wants; undefined for a workspace. */
function wantsOf(context: string, manager: string): string | undefined {
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(context, 'package.json'), 'utf8'));
  if (manifest['workspaces'] !== undefined || readdirSync(context).includes('pnpm-workspace.yaml')) return undefined;
  return JSON.stringify([manager, manifest['dependencies'], manifest['devDependencies']]);
}

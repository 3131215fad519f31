import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Lock {
  readonly packages: Record<string, { integrity?: string }>;
}

/** Lets npm write the lock files of templates again, for each set of OpenTelemetry versions. */
export function writeLocks(root: string, ids: readonly string[]): void {
  mkdirSync(join(root, 'templates/locks'), { recursive: true });
  for (const id of ids) {
    writeFileSync(join(root, 'templates', id, 'package-lock.json'), lockOf(root, id, '20'));
    writeFileSync(join(root, 'templates/locks', `${id}.json`), lockOf(root, id, '24'));
    console.log(`locked ${id}`);
  }
}

/** Without the hosts of a registry, so that any mirror will do, and without the hash of the middleware, which is written at `new`. */
function lockOf(root: string, id: string, line: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tracewright-lock-${id}-`));
  try {
    const main = join(root, 'dist/src/cli/main.js');
    execFileSync(process.execPath, [main, 'new', id, join(folder, 'the-service'), '--yes', '--no-git', '--node', line]);
    const cwd = join(folder, 'the-service');
    rmSync(join(cwd, 'package-lock.json'), { force: true });
    execFileSync('npm', ['install', '--package-lock-only', '--omit-lockfile-registry-resolved', '--no-audit', '--no-fund', '--force'], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const lock: Lock = JSON.parse(readFileSync(join(cwd, 'package-lock.json'), 'utf8'));
    for (const [path, entry] of Object.entries(lock.packages)) if (path.endsWith('@tracewright/middleware')) delete entry.integrity;
    return `${JSON.stringify(lock, undefined, 2)}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

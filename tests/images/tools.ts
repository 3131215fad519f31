import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installTool } from '../harness/install-tool.ts';

/** Commands that change a distribution, its users or its cache: they change nothing of what a program of Node.js loads. */
const silent = ['apk', 'apt', 'apt-get', 'corepack', 'adduser', 'addgroup', 'useradd', 'groupadd', 'chown', 'curl', 'wget'];
/** Commands that start the rest of their words. */
const inits = ['dumb-init', 'tini', 'docker-entrypoint.sh'];
const managers = { yarn: '1.22.22', pnpm: '10.17.1' };

let folder: string | undefined;

/** PATH of a replayed image: this machine's, with stand-ins for what only a distribution has. */
export function commandPath(): string {
  folder ??= makeFolder();
  return [folder, process.env['PATH'] ?? ''].join(delimiter);
}

/** Puts the real yarn or pnpm on the path; npm comes with Node.js. */
export function provide(manager: keyof typeof managers): void {
  folder ??= makeFolder();
  const installed = installTool(manager, managers[manager]);
  const program = manager === 'yarn' ? 'bin/yarn.js' : 'bin/pnpm.cjs';
  script(manager, `case "$1 $2" in cache*|store*) exit 0;; esac\nexec node '${join(installed, program)}' "$@"`);
}

function makeFolder(): string {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-image-commands-'));
  mkdirSync(folder, { recursive: true });
  for (const name of silent) script(name, 'exit 0');
  // An image clears a cache of its own, not the one of this machine.
  script('npm', `[ "$1" = cache ] && exit 0\nPATH='${process.env['PATH'] ?? ''}' exec npm "$@"`);
  for (const name of inits) script(name, 'while [ "$1" = "--" ]; do shift; done; exec "$@"');
  return folder;
}

function script(name: string, text: string): void {
  const file = join(folder ?? '', name);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface NodeShim {
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

function findNode(path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'node'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function mentions(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(text);
  } catch {
    return false;
  }
}

/**
 * A `node` that comes first on PATH and puts the probe back into NODE_OPTIONS, for launches that set NODE_OPTIONS themselves.
 * Undefined when this launch does not, or where there is no POSIX shell.
 */
export function shimNode(command: string, cwd: string, env: Readonly<Record<string, string>>, probeOption: string): NodeShim | undefined {
  const overrides = command.includes('NODE_OPTIONS') || mentions(join(cwd, 'package.json'), 'NODE_OPTIONS');
  const node = findNode(env['PATH'] ?? '');
  if (!overrides || node === undefined || process.platform === 'win32') return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-shim-'));
  const lines = [
    '#!/bin/sh',
    `case "$NODE_OPTIONS" in *"$TRACEWRIGHT_PROBE_OPTION"*) ;; *) export NODE_OPTIONS="$TRACEWRIGHT_PROBE_OPTION $NODE_OPTIONS" ;; esac`,
    `exec "${node.replace(/["$\\`]/g, '\\$&')}" "$@"`,
  ];
  writeFileSync(join(folder, 'node'), `${lines.join('\n')}\n`);
  chmodSync(join(folder, 'node'), 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${env['PATH'] ?? ''}`, TRACEWRIGHT_PROBE_OPTION: probeOption },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

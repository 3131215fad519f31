import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../harness/plan-fixture.ts';
import type { Cell } from './cells.ts';

const MIDDLEWARE = join(import.meta.dirname, '../../middleware');

/** Installs the libraries of a cell into a folder of its own, unless they are there; gives their versions. */
export function installCell(home: string, cell: Cell): Readonly<Record<string, string>> {
  const folder = join(home, cell.id);
  const names = Object.keys(cell.packages);
  if (names.length > 0 && !existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: cell.packages }));
    npm(folder);
  }
  const versionOf = (name: string): string => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}

/** What the plans add stands one folder above, where every cell finds it. */
export function installAdded(home: string, added: Readonly<Record<string, string>>): void {
  const text = JSON.stringify({ private: true, dependencies: added });
  const manifest = join(home, 'package.json');
  if (!existsSync(manifest) || readFileSync(manifest, 'utf8') !== text) {
    mkdirSync(home, { recursive: true });
    writeFileSync(manifest, text);
    npm(home);
  }
  const target = join(home, 'node_modules/@tracewright/middleware');
  rmSync(target, { recursive: true, force: true });
  for (const part of ['dist', 'esm', 'express', 'hono', 'http', 'lambda', 'logs', 'register', 'shutdown', 'package.json'])
    cpSync(join(MIDDLEWARE, part), join(target, part), { recursive: true });
}

/** The files of one side; `node_modules` of the cell stays. */
export function placeCell(home: string, cell: Cell, files: Files): string {
  const folder = join(home, cell.id);
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
  return folder;
}

function npm(folder: string): void {
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--legacy-peer-deps'], { cwd: folder, timeout: 300_000 });
}

/** The official zero-code package, in a folder that no program looks into; gives the variables that load it. */
export function installZeroCode(home: string): (entry: string) => Record<string, string> {
  const folder = join(home, 'zero-code');
  if (!existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: { '@opentelemetry/auto-instrumentations-node': '0.81.2' } }),
    );
    npm(folder);
  }
  const from = (name: string): string => join(folder, 'node_modules/@opentelemetry', name);
  const load = `--require ${from('auto-instrumentations-node/build/src/register.js')}`;
  return (entry) => ({
    NODE_OPTIONS: entry.endsWith('.mjs') ? `--experimental-loader=${from('instrumentation/hook.mjs')} ${load}` : load,
    OTEL_LOGS_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_BLRP_SCHEDULE_DELAY: '100',
  });
}

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { nodeBinary, npmInstall } from '../../harness/node-binary.ts';
import type { Files } from '../../harness/plan-fixture.ts';
import { type Express, folderOf, MODULES_PATH, manifestIn, ROOT } from './packages.ts';

/**
 * A tree in which Node finds everything by looking upwards, so that nothing is installed per program:
 *
 *   node_modules -> this repository's          libraries
 *   <node>/node_modules                        OpenTelemetry for that Node, by npm; not for the Node that runs the tests
 *   <node>/<express>/node_modules              that Express, and the middleware of this checkout
 *   <node>/<express>/<program>/{a,b}           before and after
 */
export interface Installation {
  readonly node: string;
  readonly version: string;
  place(name: string, express: Express, side: 'a' | 'b', files: Files): string;
  remove(): void;
}

/** Another build of the middleware can take its place, to see what it did. */
const MIDDLEWARE = process.env['DIFFERENTIAL_MIDDLEWARE'] ?? join(ROOT, 'middleware');

/** Prepares a folder for one Node. `planned` is what all plans together want installed. */
export function createInstallation(major: number, planned: Readonly<Record<string, string>>): Installation {
  const own = major === semver.major(process.version);
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-differential-')));
  linkLibraries(join(root, 'node_modules'), own);
  const line = join(root, String(major));
  mkdirSync(line);
  if (own) checkVersions(planned);
  else installLine(line, planned);
  for (const express of [4, 5] as const) {
    const modules = join(line, String(express), 'node_modules');
    cpSync(folderOf('express', express), join(modules, 'express'), { recursive: true });
    for (const part of ['dist', 'esm', 'express', 'hono', 'http', 'lambda', 'logs', 'register', 'shutdown', 'package.json'])
      cpSync(join(MIDDLEWARE, part), join(modules, '@tracewright/middleware', part), { recursive: true });
  }
  const version = own ? process.version : manifestIn(join(dirname(nodeBinary(major)), '..')).version;
  return {
    node: own ? process.execPath : nodeBinary(major),
    version,
    place: (name, express, side, files) => {
      const folder = join(line, String(express), name.replaceAll(/[^a-z0-9]+/gi, '-'), side);
      for (const [file, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), bytes);
      }
      return folder;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Our own OpenTelemetry packages would be found where a line of another Node has none of that name. */
function linkLibraries(folder: string, own: boolean): void {
  if (own) {
    symlinkSync(MODULES_PATH, folder);
    return;
  }
  mkdirSync(folder);
  for (const name of readdirSync(MODULES_PATH))
    if (name !== '@opentelemetry' && name !== '@tracewright') symlinkSync(join(MODULES_PATH, name), join(folder, name));
}

function checkVersions(planned: Readonly<Record<string, string>>): void {
  const faults = Object.entries(planned).filter(
    ([name, version]) => !existsSync(join(MODULES_PATH, name)) || manifestIn(join(MODULES_PATH, name)).version !== version,
  );
  const wanted = faults.map(([name, version]) => `${name}@${version}`).join(' ');
  if (faults.length > 0) throw new Error(`a plan wants what is not installed here; add to the devDependencies: ${wanted}`);
}

function installLine(folder: string, planned: Readonly<Record<string, string>>): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: planned }));
  npmInstall(folder, ['--ignore-scripts', '--legacy-peer-deps']);
}

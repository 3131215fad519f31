import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmInstall } from './node-binary.ts';

const cache = join(tmpdir(), 'tracewright-test-tools');

/** The folder of an npm package that only a test needs, installed once and kept in the temporary folder. */
export function installTool(name: string, version: string): string {
  const folder = join(cache, `${name.replaceAll('/', '+')}@${version}`);
  const installed = join(folder, 'node_modules', name);
  if (existsSync(join(folder, 'done'))) return installed;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  npmInstall(folder, [`${name}@${version}`]);
  writeFileSync(join(folder, 'done'), '');
  return installed;
}

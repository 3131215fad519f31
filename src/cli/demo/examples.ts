import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TracewrightError } from '../../contract/index.ts';

/** Copies a bundled example to a new temporary folder, with its scenario and golden traces where a repository has them. */
export function copyExample(name: string): string {
  const source = join(examplesFolder(), name);
  if (!listExamples().includes(name)) throw new TracewrightError('TW1076', `${name}; there are ${listExamples().join(', ')}`);
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'tracewright-demo-'));
  cpSync(join(source, 'app'), folder, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  cpSync(join(source, 'scenario.yaml'), join(folder, 'tracewright.yaml'));
  if (existsSync(join(source, 'golden'))) cpSync(join(source, 'golden'), join(folder, '.tracewright', 'golden'), { recursive: true });
  // npm leaves .gitignore files out of packages.
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), 'node_modules\ndist\n');
  return folder;
}

function listExamples(): readonly string[] {
  const folder = examplesFolder();
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'app')))
    .sort();
}

/** Ships beside dist, and lies beside src. */
function examplesFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'examples'))) {
    if (folder === dirname(folder)) throw new TracewrightError('TW2018', 'examples');
    folder = dirname(folder);
  }
  return join(folder, 'examples');
}

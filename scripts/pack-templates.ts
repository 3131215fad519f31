import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCodemod } from '../src/registry/index.ts';

/** What running a template in its folder leaves there. */
const LEFT = new Set(['node_modules', 'dist', 'vendor', 'coverage', '.env', '.DS_Store', '.git']);

interface Listed {
  readonly id: string;
  readonly codemods: readonly string[];
}

/** Writes each template as one file of texts by path: npm would leave out `.gitignore` files, and pack what was installed in the folders. */
export function packTemplates(root: string, outDir: string): void {
  const source = join(root, 'templates');
  const list: readonly Listed[] = JSON.parse(readFileSync(join(source, 'templates.json'), 'utf8'));
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'index.json'), JSON.stringify(list));
  for (const template of list) writeFileSync(join(outDir, `${template.id}.json`), JSON.stringify(packTemplate(source, template)));
}

function packTemplate(source: string, template: Listed): unknown {
  const folder = join(source, template.id);
  const files = Object.fromEntries(filesIn(folder, '').map((file) => [file, readText(join(folder, file))]));
  for (const needed of ['.gitignore', 'package.json', 'README.md'])
    if (!(needed in files)) throw new Error(`templates/${template.id} has no ${needed}`);
  const newer = join(source, 'locks', `${template.id}.json`);
  const expects = Object.fromEntries(template.codemods.map((id) => [id, findCodemod(id).expects]));
  return { ...template, files, expects, locks: existsSync(newer) ? { 'sdk-3': readText(newer) } : {} };
}

/** Every file of the template, in code-unit order; of `.tracewright/` the golden traces only. */
export function filesIn(folder: string, below: string): readonly string[] {
  const entries = readdirSync(join(folder, below), { withFileTypes: true }).filter(({ name }) => !LEFT.has(name));
  const files = entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
  return files.filter((file) => !file.startsWith('.tracewright/') || file.startsWith('.tracewright/golden/')).sort();
}

function readText(path: string): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
}

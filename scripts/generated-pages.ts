import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Product, pluginFiles } from '../src/agents/index.ts';
import type { Codemod, CodemodPage } from '../src/contract/index.ts';
import { catalogue, type ErrorCode, exitCode } from '../src/contract/index.ts';
import { viewScripts } from './bundle-views.ts';
import { codemodPage } from './codemod-page.ts';
import { deliverySource } from './delivery-source.ts';
import { librariesPage } from './libraries-page.ts';
import { apiPage, cliPage } from './reference-pages.ts';
import { sharedTemplateFiles } from './shared-templates.ts';

/** Path -> text of everything generated. */
export async function pagesOf(root: string, note: string, ids: readonly string[]): Promise<Map<string, string>> {
  const product: Product = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = new Map([
    ['middleware/src/export/deliver.gen.ts', deliverySource(root, note)],
    ['docs/errors.md', errorsPage(note)],
    ['docs/cli.md', cliPage(note)],
    ['docs/libraries.md', librariesPage(note)],
    ['docs/api.md', apiPage(root, note)],
    ['src/mcp/views/pages.gen.ts', await viewScripts(root, note)],
    ...pluginFiles(product),
    ...sharedTemplateFiles(root),
  ]);
  for (const id of ids) {
    const module: { default: Codemod } = await import(pathToFileURL(join(root, 'codemods', id, 'codemod.ts')).href);
    if (module.default.meta.id !== id) throw new Error(`codemods/${id}/codemod.ts says its id is ${module.default.meta.id}`);
    const { page }: { page: CodemodPage } = await import(pathToFileURL(join(root, 'codemods', id, 'page.ts')).href);
    files.set(`docs/codemods/${id}.md`, codemodPage(root, note, module.default, page));
  }
  return files;
}

function errorsPage(note: string): string {
  const codes = Object.keys(catalogue).sort() as ErrorCode[];
  const rows = codes.map((code) => `| ${code} | ${exitCode(code)} | ${cell(catalogue[code].title)} | ${cell(catalogue[code].next)} |`);
  return `# Errors\n\n<!-- ${note} -->\n\nEvery message a user can meet carries one of these codes. Codes are never reused.\n\n| code | exit | what it means | next |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

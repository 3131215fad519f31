import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { codemodFiles } from './codemod-files.ts';
import { type Kind, kinds, namesOf } from './names.ts';
import { exampleFiles, middlewareFiles, rowFiles } from './other-half.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Writes both halves of a codemod, or says what is wrong with what was asked for. */
function create(): string | undefined {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { like: { type: 'string' }, library: { type: 'string' } } });
  const [id = ''] = positionals;
  const kind = kinds.find((each) => each === values.like);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))
    return 'give an id in kebab case, <target>-<outcome>: npm run new-codemod -- polka-tracing --like server';
  if (kind === undefined) return `say what it is like: --like ${kinds.join(' | ')}`;
  if (existsSync(join(root, 'codemods', id))) return `codemods/${id} is already there`;
  write(id, kind, values.library ?? id.replace(/-[a-z0-9]+$/, ''));
  return undefined;
}

function write(id: string, kind: Kind, library: string): void {
  const names = namesOf(id, kind, library);
  const files = { ...codemodFiles(names), ...rowFiles(root, names), ...middlewareFiles(root, names), ...exampleFiles(names) };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    console.log(file);
  }
  console.log(`
Next:
  npm run build -w middleware && npm run generate     the new entry, the registry, the pages
  npx vitest run tests/codemods.test.ts -t ${id}      the laws of its edits: green from the start
  npx vitest run tests/codemod-pages.test.ts -t ${id} its page and its proof: red until a golden trace of a program that ran is named in page.ts
codemods/README.md names a model to read and every law.`);
}

const fault = create();
if (fault !== undefined) {
  console.error(`new-codemod: ${fault}`);
  process.exitCode = 1;
}

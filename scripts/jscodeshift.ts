import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedIds, transformModule } from '../src/jscodeshift/index.ts';

// Part of the build, after the compiler: writes dist/jscodeshift/<id>.cjs for every codemod that decides file by file.
let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
const folder = join(root, 'dist', 'jscodeshift');
const ids = publishedIds();
if (ids.length === 0) throw new Error('no codemod is published as a jscodeshift transform');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const id of ids) writeFileSync(join(folder, `${id}.cjs`), transformModule(id));

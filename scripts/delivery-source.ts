import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** middleware/src/export/deliver.ts as JavaScript in a string: what a thread or `node -e` can run also where the middleware is part of a bundle. */
export function deliverySource(root: string, note: string): string {
  const code = readFileSync(join(root, 'middleware/src/export/deliver.ts'), 'utf8');
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2019, removeComments: true },
  });
  return `// ${note}\n\n/** deliver.ts as JavaScript. */\nexport const DELIVER = ${JSON.stringify(outputText)};\n`;
}

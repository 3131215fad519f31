import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** src/libraries/rows/index.gen.ts: the rows of every file below it. */
export function rowsIndex(root: string, note: string): string {
  const files = readdirSync(join(root, 'src/libraries/rows'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && file.includes('/'))
    .sort();
  const nameOf = (file: string): string => file.replace(/\.ts$/, '').replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase());
  const imports = files.map((file) => `import { libraries as ${nameOf(file)} } from './${file}';\n`).join('');
  const list = files.map((file) => `  ...${nameOf(file)},\n`).join('');
  return `// ${note}\nimport type { Library } from '../library.ts';\n${imports}\nexport const rows: readonly Library[] = [\n${list}];\n`;
}

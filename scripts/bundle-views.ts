import { join } from 'node:path';
import { build } from 'esbuild';

/** The scripts of the MCP Apps views, each with all that it imports, as a module of text. */
export async function viewScripts(root: string, note: string): Promise<string> {
  const folder = join(root, 'src/mcp/views/browser');
  const parts = await Promise.all(['plan', 'traces'].map(async (name) => [name, await bundle(join(folder, `${name}.ts`), root)] as const));
  // In an inline script, these two end it or change how it is read.
  const literal = (text: string): string => JSON.stringify(text.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--'));
  return `// ${note}\n${parts.map(([name, text]) => `export const ${name}Script: string = ${literal(text)};\n`).join('')}`;
}

async function bundle(entry: string, root: string): Promise<string> {
  const options = { bundle: true, format: 'esm', target: 'es2022', minify: true, charset: 'utf8', legalComments: 'none' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [entry], absWorkingDir: root, write: false, logLevel: 'silent' });
  return outputFiles[0]?.text ?? '';
}

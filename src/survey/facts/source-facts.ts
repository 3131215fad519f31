import { dirOf, joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';

const listening =
  /\.listen\s*\(|\.bindAsync\s*\(|NestFactory\.create|createMicroservice\s*\(|startServer\s*\(|\.startStandaloneServer|startStandaloneServer\s*\(|\.lift\s*\(|serve\s*\(\s*\{|new\s+Worker\s*\(|\.consume\s*\(|Consumer\.create|\.process\s*\(|createServer\s*\(|\.eachMessage|Glue\.compose|ServiceBroker/;
const relativeImport = /(?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.{1,2}(?:\/[^'"]*)?)\1/g;
const extensions = ['', '.ts', '.js', '.mjs', '.cjs', '.mts', '.cts', '.tsx', '/index.ts', '/index.js', '/index.mjs'];

/** True when a file, or one it imports (three steps deep by default), opens a server or takes jobs from a queue. Read as text: no parse. */
export function listens(reading: Reading, file: string, steps = 3): boolean {
  return reading.once(`listens ${steps} ${file}`, () => {
    let wave = [file];
    const seen = new Set(wave);
    for (let depth = 0; depth <= steps; depth++) {
      if (wave.some((each) => listening.test(codeOf(reading, each)))) return true;
      wave = wave.flatMap((each) => importsOf(reading, each)).filter((each) => !seen.has(each));
      for (const each of wave) seen.add(each);
    }
    return false;
  });
}

/** Text without comments, as far as that can be told without a parse. */
export function codeOf(reading: Reading, file: string): string {
  return (reading.repo.read(file) ?? '').replace(/^\uFEFF/, '').replace(/\/\*[\s\S]*?\*\/|(?<![:'"\\])\/\/.*$/gm, '');
}

function importsOf(reading: Reading, file: string): string[] {
  const text = codeOf(reading, file);
  return [...text.matchAll(relativeImport)].flatMap(([, , specifier = '']) => resolveRelative(reading, file, specifier) ?? []);
}

/** The file that a relative specifier names; undefined when there is none. */
export function resolveRelative(reading: Reading, from: string, specifier: string): string | undefined {
  const path = joinPath(dirOf(from), specifier);
  const found = extensions.map((extension) => path + extension).find((each) => reading.has(each));
  // TypeScript in the style of ESM imports './x.js' and means './x.ts'.
  return (
    found ??
    [path.replace(/\.js$/, '.ts'), path.replace(/\.mjs$/, '.mts'), path.replace(/\.cjs$/, '.cts')].find((each) => reading.has(each))
  );
}

const importSyntax =
  /^[ \t]*(?:import\s*(?:["'{*]|type\b|[\w$]+\s*(?:,|\bfrom\b))|export\s+(?:default|const|let|var|function|class|async|type|interface|enum|abstract|\{|\*))/m;
const requireSyntax = /\brequire\s*\(|\bmodule\.exports\b|\bexports\.\w|^[ \t]*import\s+[\w$]+\s*=\s*require/m;

/** How a file writes its imports. A file with neither follows its module system; an `await` that is indented may be that of a function. */
export function importStyle(reading: Reading, file: string): 'require' | 'import' | undefined {
  const text = codeOf(reading, file);
  if (importSyntax.test(text)) return 'import';
  return requireSyntax.test(text) ? 'require' : /^(?:await\s|export\s)|\bimport\.meta\b/m.test(text) ? 'import' : undefined;
}

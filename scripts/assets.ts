import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'fflate';
import { create } from 'tar';
import { packTemplates } from './pack-templates.ts';

/** Declarations that those of the entries import. */
const TYPED = ['carrier', 'process/loaded-before', 'traced'];
const EPOCH = new Date('2020-01-01T00:00:00Z');

/**
 * Packs the built middleware; the same bytes on every machine and Node, because the compressor is JavaScript: zlib's output differs between
 * its versions. Returns the path of the tarball.
 */
export function packMiddleware(root: string, outDir: string): string {
  const source = join(root, 'middleware');
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const staging = mkdtempSync(join(tmpdir(), 'tracewright-assets-'));
  try {
    const files = stage(root, source, staging, manifest);
    const archive = join(staging, '.archive.tar');
    create({ cwd: staging, file: archive, sync: true, portable: true, mtime: EPOCH, prefix: 'package', noPax: true }, files);
    const target = join(outDir, `tracewright-middleware-${manifest['version']}.tgz`);
    mkdirSync(outDir, { recursive: true });
    writeFileSync(target, gzipSync(readFileSync(archive), { level: 9, mtime: 0 }));
    return target;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Copies the listed files with one fixed mode and returns their names in archive order. */
function stage(root: string, source: string, staging: string, manifest: Record<string, unknown>): string[] {
  const sources = readdirSync(join(source, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const entries = entriesOf(manifest);
  const code = sources.map((name) => `${name.slice(0, -3).replaceAll('\\', '/')}.js`);
  if (!existsSync(join(source, 'dist/register.js'))) throw new Error('middleware/dist is not built');
  const built = [...code, ...[...entries, ...TYPED].map((name) => `${name}.d.ts`)].map((name) => `dist/${name}`);
  const files = ['README.md', ...entries.flatMap(writtenFor), ...built].sort();
  for (const file of files) copy(join(source, file), join(staging, file));
  copy(join(root, 'LICENSE'), join(staging, 'LICENSE'));
  const { devDependencies: _development, scripts: _scripts, ...published } = manifest;
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(published, null, 2)}\n`, { mode: 0o644 });
  chmodSync(join(staging, 'package.json'), 0o644);
  return ['LICENSE', 'package.json', ...files];
}

/** Names of what can be imported: `index`, `express`... */
function entriesOf({ exports }: Record<string, unknown>): readonly string[] {
  const paths = Object.keys(Object(exports)).filter((path) => path !== './package.json');
  return paths.map((path) => (path === '.' ? 'index' : path.slice(2)));
}

/** What is written by hand for an entry: its ES module, and the folder by which old Node.js versions and compilers find it. */
function writtenFor(entry: string): readonly string[] {
  return [`esm/${entry}.mjs`, `esm/${entry}.d.mts`, ...(entry === 'index' ? [] : [`${entry}/package.json`])];
}

function copy(from: string, to: string): void {
  if (!statSync(from).isFile()) throw new Error(`not a file: ${from}`);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
  chmodSync(to, 0o644);
}

const script = process.argv[1];
if (script !== undefined && import.meta.url === pathToFileURL(script).href) {
  // npm runs scripts in the folder of package.json.
  packMiddleware(process.cwd(), join(process.cwd(), 'dist/assets'));
  packTemplates(process.cwd(), join(process.cwd(), 'dist/assets/templates'));
}

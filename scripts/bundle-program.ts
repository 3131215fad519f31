import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// Part of the build, after the compiler: what starts as a process of its own is read from few files instead of hundreds.
// Starting is most of what a short command costs, and finding and reading modules is most of starting.
let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
const dist = join(root, 'dist/src');

/** `main.js` stays as it is: an old Node must be able to read it. */
const entries = ['cli/start.ts', 'mcp/background/worker.ts', 'tasks/steps/proof-child.ts'];
/** Not read by every start, or not to be moved: native code, and what looks for its own files. */
const external = ['oxc-parser', 'ts-morph', 'jscodeshift', 'protobufjs', '@opentelemetry/*'];

const { metafile } = await build({
  absWorkingDir: root,
  // The sources: in dist lie the bundles of the last build, which the compiler leaves where nothing changed.
  entryPoints: entries.map((entry) => join(root, 'src', entry)),
  outbase: join(root, 'src'),
  outdir: dist,
  chunkNames: 'bundle/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // The ES modules of packages that have both.
  mainFields: ['module', 'main'],
  external,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // CommonJS packages call `require` for the modules of Node.
  banner: { js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);" },
});
// Only now, and never what was just written: a command that starts meanwhile, or a second build, must find its chunks.
const written = new Set(Object.keys(metafile.outputs).map((file) => basename(file)));
for (const file of readdirSync(join(dist, 'bundle'))) if (!written.has(file)) rmSync(join(dist, 'bundle', file));
refuseToLoad('src/cli/commands/new.ts', 'src/survey/');
writeFileSync(join(dist, 'bundle/LICENSES.txt'), licensesOf(Object.keys(metafile.inputs)));

/** `new` writes in a moment because it reads little; one import of a whole folder would undo that without anybody noticing. */
function refuseToLoad(command: string, folder: string): void {
  const { outputs } = metafile;
  const [begin] = Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === command);
  if (begin === undefined) throw new Error(`${command} is in no bundle`);
  const loaded = new Set([begin]);
  for (const name of loaded)
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement' && path in outputs) loaded.add(path);
  const found = [...loaded].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {})).find((file) => file.startsWith(folder));
  if (found !== undefined) throw new Error(`${command} loads ${found}`);
}

/** The licence texts of the packages whose code is in the bundle. */
function licensesOf(files: readonly string[]): string {
  const folders = files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const place = join(root, folder);
    const { name, version, license }: Record<string, string> = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    const text = readdirSync(place).find((file) => /^licen[cs]e/i.test(file));
    const terms = text === undefined ? license : readFileSync(join(place, text), 'utf8').trim();
    if (terms === undefined) throw new Error(`${relative(root, place)} has no licence`);
    return `${name} ${version}\n\n${terms}\n`;
  });
  if (texts.length === 0) throw new Error('no package is in the bundle');
  return texts.join(`\n${'-'.repeat(72)}\n\n`);
}

import type { Build, ModuleSystem } from '../../contract/index.ts';
import { property } from './json-text.ts';
import type { Manifest, Script } from './manifests.ts';
import { joinPath } from './paths.ts';
import type { Reading } from './reading.ts';

/** The bundler whose output no Node.js runs: webpack and Vite build for browsers unless they are told otherwise. */
export function bundlesForBrowsers(commands: string, configs: string): Build['tool'] | undefined {
  const isWebpack = /\b(webpack|rspack)\b/.test(commands) && !/\bncc build\b|\bbackpack\b|\bparcel build\b/.test(commands);
  if (isWebpack && configs !== '' && !forNode.test(`${commands}\n${configs}`)) return 'webpack';
  const isVite = /\bvite build\b/.test(commands) && !/\brollup\b/.test(commands);
  return isVite && !/--ssr|vite-node/.test(commands) && !/\bssr\b|vite-plugin-node|VitePluginNode/.test(configs) ? 'rollup' : undefined;
}

const forNode = /target["']?\s*[:=]?\s*\[?\s*["']?(async-)?node|externalsPresets|node-?externals/i;

const bundlerConfigs = /^(tsup|esbuild|webpack|rspack|rollup|rolldown|tsdown|build|vite)(\.config)?(\.\w+)*\.[cm]?[jt]s$/;

/** Configurations of bundlers beside package.json, and the build scripts that call one. */
export function bundlerTexts(reading: Reading, manifest: Manifest): string {
  const { dir } = manifest;
  const beside = reading.repo.files.filter(
    (file) =>
      !file.slice(dir === '' ? 0 : dir.length + 1).includes('/') &&
      file.startsWith(dir === '' ? '' : `${dir}/`) &&
      bundlerConfigs.test(file.slice(file.lastIndexOf('/') + 1)),
  );
  const called = manifest.scripts.flatMap((script) => buildFileOf(reading, manifest, script) ?? []);
  return [...new Set([...beside, ...called])].map((file) => reading.repo.read(file) ?? '').join('\n');
}

/** The file of the repository that a build script runs with Node.js: `node scripts/build.mjs`, `tsx build.ts`. */
function buildFileOf(reading: Reading, { dir }: Manifest, { name, command }: Script): string | undefined {
  if (!/build|bundle|compile/.test(name)) return undefined;
  const path = /\b(?:node|ts-node|tsx)\s+(?:--\S+\s+)*([\w./-]+\.[cm]?[jt]s)\b/.exec(command)?.[1];
  const file = path === undefined ? undefined : joinPath(dir, path);
  return file !== undefined && reading.has(file) ? file : undefined;
}

const byModule: readonly (readonly [RegExp, string])[] = [
  [/['"]esbuild['"]/, 'esbuild'],
  [/['"]rolldown['"]/, 'rolldown'],
  [/['"]rollup['"]/, 'rollup'],
  [/['"]vite['"]/, 'vite build'],
  [/['"](?:webpack|@rspack\/core)['"]/, 'webpack'],
  [/['"`](?:npx\s+)?tsc(?:\s|['"`])/, 'tsc'],
];

/** A script with the name of the bundler or compiler that its file calls. */
export function namingBundler(reading: Reading, manifest: Manifest, script: Script): Script {
  const file = buildFileOf(reading, manifest, script);
  const text = file === undefined ? '' : (reading.repo.read(file) ?? '');
  const name = byModule.find(([module]) => module.test(text))?.[1];
  return name === undefined ? script : { ...script, command: `${script.command} && ${name}` };
}

/** Of several formats, the one that package.json gives to `.js`; a single other format gets an extension of its own. */
export function bundleFormat(reading: Reading, manifest: Manifest, scripts: string, type: ModuleSystem): ModuleSystem | undefined {
  const text = `${scripts}\n${bundlerTexts(reading, manifest)}\n${tsupField(manifest)}`;
  const stated = [...text.matchAll(/\bformat["']?\s*[:=\s]\s*(\[[^\]]*\]|["']?[\w,]+)/g)].flatMap((each) =>
    [...(each[1] ?? '').matchAll(/cjs|commonjs|esm|module|\bes\b/g)].map(([name]) => name),
  );
  const formats = stated.map((name): ModuleSystem => (/^c/.test(name) ? 'commonjs' : 'esm'));
  if (formats.includes(type)) return type;
  return formats[0] ?? (/\b(tsup|webpack|rspack)\b/.test(scripts) && !/outputModule/.test(text) ? 'commonjs' : undefined);
}

export function tsupField(manifest: Manifest): string {
  const node = property(manifest.json.root, 'tsup');
  return node ? manifest.json.text.slice(node.offset, node.offset + node.length) : '';
}

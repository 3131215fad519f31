import type { ModuleSystem } from '../../contract/index.ts';
import { property } from './json-text.ts';
import type { Manifest } from './manifests.ts';
import { joinPath, upwards } from './paths.ts';
import type { Reading } from './reading.ts';

const names = [
  '.babelrc',
  '.babelrc.json',
  '.babelrc.js',
  '.babelrc.cjs',
  'babel.config.js',
  'babel.config.cjs',
  'babel.config.mjs',
  'babel.config.json',
];

/** Module system of Babel's output: CommonJS unless `modules: false`. Undefined when there is no configuration. */
export function moduleOfBabel(reading: Reading, manifest: Manifest): ModuleSystem | undefined {
  const text = babelText(reading, manifest);
  if (text === undefined) return undefined;
  return /["']?modules["']?\s*:\s*(false|["'](esm|es6|false)["'])/.test(text) &&
    !/transform-modules-commonjs|env["']?\s*:\s*\{\s*["']?(production|development)/.test(text)
    ? 'esm'
    : 'commonjs';
}

function babelText(reading: Reading, manifest: Manifest): string | undefined {
  const field = property(manifest.json.root, 'babel');
  if (field) return manifest.json.text.slice(field.offset, field.offset + field.length);
  const file = upwards(manifest.dir)
    .flatMap((dir) => names.map((name) => joinPath(dir, name)))
    .find((each) => reading.has(each));
  return file === undefined ? undefined : reading.repo.read(file);
}

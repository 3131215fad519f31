import type { Build, Dependency, Evidence, ModuleSystem } from '../../contract/index.ts';
import { moduleOfBabel } from './babel.ts';
import { bundleFormat, bundlerTexts, bundlesForBrowsers, namingBundler } from './bundlers.ts';
import { externalsOf, isClosed, isPerFile } from './externals.ts';
import { parseJson, propertyAt, stringValue } from './json-text.ts';
import type { Manifest } from './manifests.ts';
import { markedFiles, registers } from './marked-files.ts';
import { isInside, joinPath, upwards } from './paths.ts';
import type { Reading } from './reading.ts';
import { type TsConfig, tsConfigsIn } from './tsconfig.ts';

interface Clue {
  readonly tool: Build['tool'];
  /** Matched against the scripts and launches of the package. */
  readonly command: RegExp;
  readonly bundles?: boolean;
}

/** Strongest first: what the scripts say is run. */
const clues: readonly Clue[] = [
  { tool: 'nest', command: /\bnest (start|build)\b/ },
  {
    tool: 'webpack',
    command: /\bwebpack(?!-dev-server)\b|\bbackpack\b|\bncc build\b|\bparcel build\b|\brspack\b(?! serve)/,
    bundles: true,
  },
  { tool: 'esbuild', command: /\btsup\b|\besbuild\b|\btsdown\b|\bunbuild\b|\bpkgroll\b/ },
  { tool: 'rollup', command: /\brollup\b|\bvite build\b|\brolldown\b/ },
  { tool: 'tsc', command: /\btsc(-watch|-alias)?\b|\bttsc\b|\btspc\b|\bgulp\b.*\btsc?\b/ },
  { tool: 'swc', command: /\bswc\b|@swc-node\/register/ },
  { tool: 'babel', command: /(?:^|[\s/])babel(?!-node|-jest|-eslint)\s|@babel\/cli/ },
  { tool: 'tsx', command: /(?:^|[\s/"'=])tsx(\s|\/)|--import[= ]tsx|\besno\b|esbuild-runner|\bvite-node\b|esbuild-register/ },
  { tool: 'ts-node', command: /\bts-node(-dev|-esm)?\b|\btsnd\b/ },
  { tool: 'babel', command: /\bbabel-node\b|@babel\/register|babel-register/ },
  { tool: 'strip-types', command: /--experimental-strip-types|--experimental-transform-types|\bnode\s[^&|]*\.ts\b/ },
];

/** How a package's source becomes what Node runs; undefined when Node runs it as it is. */
export function buildOf(
  reading: Reading,
  manifest: Manifest,
  root: string,
  dependencies: readonly Dependency[],
  type: ModuleSystem,
): Build | undefined {
  const configs = upwards(manifest.dir)
    .filter((dir) => isInside(root, dir))
    .flatMap((dir) => tsConfigsIn(reading, dir));
  const config = configs.find((each) => each.outDir !== undefined && each.noEmit !== true) ?? configs[0];
  const typescript = config !== undefined || dependencies.some((each) => each.name === 'typescript');
  const clue = clueOf(reading, manifest, typescript);
  const found = clue ?? (typescript && config ? defaultClue(reading, manifest, config) : undefined);
  if (!found) return undefined;
  const { tool, evidence } = found;
  const bundles = found.bundles && !isPerFile(reading, manifest, tool);
  const emits = emittedModule(reading, manifest, tool, config, type);
  const folders = foldersOf(manifest, config, tool);
  const outside = bundles ? externalsOf(reading, manifest, tool) : 'all';
  // Rollup writes the imports of what stays outside first, in CommonJS too; the others do so in ES modules only.
  const hoists = bundles && outside !== 'none' && (emits === 'esm' || tool === 'rollup');
  const closed = bundles && tool === 'esbuild' && emits === 'esm' && isClosed(reading, manifest);
  return { tool, emits, bundles: outside !== 'all', ...(hoists && { hoists }), ...(closed && { closed }), ...folders, evidence };
}

interface FoundClue {
  readonly tool: Build['tool'];
  readonly bundles: boolean;
  readonly evidence: Evidence;
}

function clueOf(reading: Reading, manifest: Manifest, typescript: boolean): FoundClue | undefined {
  const nodemon = reading.repo.read(joinPath(manifest.dir, 'nodemon.json')) ?? '';
  const commands = [
    ...manifest.scripts
      .filter((each) => !/^(test|lint)|:(test|lint)/.test(each.name))
      .map((each) => namingBundler(reading, manifest, each)),
    { command: nodemon, evidence: { file: joinPath(manifest.dir, 'nodemon.json'), line: 1 } },
  ];
  const forBrowsers = bundlesForBrowsers(commands.map((each) => each.command).join('\n'), bundlerTexts(reading, manifest));
  for (const { tool, command, bundles } of clues) {
    if (tool === 'tsc' && !typescript) continue;
    if (tool === forBrowsers) continue;
    const hit = commands.find((each) => command.test(each.command));
    // `tsc --noEmit` only checks; another tool writes the files.
    if (hit && !(tool === 'tsc' && commands.every((each) => !command.test(each.command) || /--noEmit\b/.test(each.command)))) {
      return { tool, bundles: bundles ?? ['esbuild', 'rollup'].includes(tool), evidence: hit.evidence };
    }
  }
  return undefined;
}

/** TypeScript without a command that builds it: a wrapper may register a compiler at run time. */
function defaultClue(reading: Reading, manifest: Manifest, config: TsConfig): FoundClue | undefined {
  const wrapper = markedFiles(reading).find(
    (file) => isInside(manifest.dir, file) && registers.some((name) => reading.repo.read(file)?.includes(name)),
  );
  if (wrapper !== undefined) {
    const text = reading.repo.read(wrapper) ?? '';
    const tool = text.includes('ts-node/register') ? 'ts-node' : text.includes('tsx/cjs') ? 'tsx' : text.includes('swc') ? 'swc' : 'babel';
    return { tool, bundles: false, evidence: { file: wrapper, line: 1 } };
  }
  return {
    tool: config.outDir === undefined || config.noEmit ? 'unknown' : 'tsc',
    bundles: false,
    evidence: { file: config.file, line: config.line },
  };
}

const esModules = /^(es|esnext|es\d+|preserve)$/;

/** TypeScript's own rule: `node16` and later follow package.json; no `module` follows `target`. */
function moduleOfConfig(config: TsConfig | undefined, type: ModuleSystem): ModuleSystem {
  if (config?.module === undefined && config?.hasUnknownBase) return type;
  if (config?.module === undefined) return config?.target !== undefined && /^es(6|20\d\d|next)$/.test(config.target) ? type : 'commonjs';
  if (/^node(16|18|20|next)$/.test(config.module)) return type;
  return esModules.test(config.module) ? 'esm' : 'commonjs';
}

function emittedModule(
  reading: Reading,
  manifest: Manifest,
  tool: Build['tool'],
  config: TsConfig | undefined,
  type: ModuleSystem,
): ModuleSystem {
  const scripts = manifest.scripts.map((each) => each.command).join('\n');
  switch (tool) {
    case 'tsx':
    case 'strip-types':
      return type;
    case 'ts-node':
      return /ts-node-esm|ts-node\/esm|--esm\b/.test(scripts)
        ? 'esm'
        : moduleOfConfig(config, type) === 'esm' && type === 'esm'
          ? 'esm'
          : 'commonjs';
    case 'tsc':
    case 'nest':
    case 'unknown':
      return moduleOfConfig(config, type);
    case 'swc':
      return swcModule(reading, manifest.dir) ?? 'commonjs';
    case 'babel':
      return moduleOfBabel(reading, manifest) ?? 'commonjs';
    default:
      return bundleFormat(reading, manifest, scripts, type) ?? type;
  }
}

function swcModule(reading: Reading, dir: string): ModuleSystem | undefined {
  const file = upwards(dir)
    .map((each) => joinPath(each, '.swcrc'))
    .find((each) => reading.has(each));
  const type =
    file === undefined ? undefined : stringValue(propertyAt(parseJson(reading.repo.read(file) ?? '', 'relaxed').root, 'module', 'type'));
  return type === undefined ? undefined : /^(es6|nodenext|esm)$/.test(type) ? 'esm' : 'commonjs';
}

function foldersOf(manifest: Manifest, config: TsConfig | undefined, tool: Build['tool']): { source?: string; output?: string } {
  const flag = manifest.scripts
    .map((each) => /(?:\bbabel|\bswc)\s+(\S+)\s.*(?:-d|--out-dir)[= ](\S+)/.exec(each.command))
    .find((each) => each !== null);
  const source =
    flag?.[1] === undefined ? (config?.rootDir ?? config?.includes.find((each) => each !== manifest.dir)) : joinPath(manifest.dir, flag[1]);
  const folder = flag?.[2] ?? (tool === 'esbuild' ? esbuildFolder(manifest) : undefined);
  const output = folder === undefined ? config?.outDir : joinPath(manifest.dir, folder);
  return { ...(source !== undefined && { source }), ...(output !== undefined && { output }) };
}

function esbuildFolder(manifest: Manifest): string | undefined {
  return manifest.scripts.flatMap(({ command }) => /\besbuild\s[^|;]*--outdir[= ]["']?([\w./-]+)/.exec(command)?.[1] ?? [])[0];
}

import type { Node } from 'yaml';
import type { Build } from '../../../contract/index.ts';
import { baseName, dirOf, globExpression, joinPath } from '../../read/paths.ts';
import { lineAt } from '../../read/reading.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlStart, yamlString, yamlStringAt, yamlStrings } from '../../read/yaml-text.ts';
import type { FoundLaunch } from '../launch.ts';
import type { Surroundings } from '../trail.ts';
import { bundleOf, functionLaunch } from './function-launch.ts';

/** `functions.*.handler` of serverless.yml. */
export function serverlessLaunches(around: Surroundings): FoundLaunch[] {
  const { reading } = around;
  const files = reading.repo.files.filter((file) => /^serverless\.ya?ml$/.test(baseName(file)));
  return files.flatMap((file) =>
    readYaml(reading, file).flatMap((yaml) =>
      yamlEntries(yaml, yamlAt(yaml, yaml.document.contents, 'functions')).flatMap(({ key, value }) => {
        const node = yamlAt(yaml, value, 'handler');
        const handler = yamlString(node);
        return handler === undefined || node === undefined ? [] : [functionOf(around, yaml, key, value, node, handler)];
      }),
    ),
  );
}

function functionOf(around: Surroundings, yaml: YamlText, name: string, value: Node | undefined, node: Node, handler: string): FoundLaunch {
  const { file, text } = yaml;
  const dir = dirOf(file);
  const evidence = { file, line: lineAt(text, yamlStart(node)) };
  const elsewhere = platformOf(yaml, value);
  const bundle = elsewhere === undefined ? bundleIn(around, yaml) : undefined;
  const path = joinPath(dir, handler.replace(/\.[^./]+$/, ''));
  return functionLaunch(around, {
    name,
    handler,
    path,
    deployed: dir,
    evidence,
    ...(elsewhere !== undefined && { elsewhere }),
    ...(elsewhere === undefined && bundle === undefined && leavesOut(yaml, value) && { elsewhere: 'package patterns' }),
    ...(bundle !== undefined && { bundle }),
  });
}

/** What is not AWS Lambda's Node.js; a file that says nothing means AWS. */
function platformOf(yaml: YamlText, value: Node | undefined): string | undefined {
  const root = yaml.document.contents;
  const provider = yamlStringAt(yaml, root, 'provider', 'name') ?? yamlStringAt(yaml, root, 'provider') ?? 'aws';
  if (provider !== 'aws') return provider;
  const runtime = yamlStringAt(yaml, value, 'runtime') ?? yamlStringAt(yaml, root, 'provider', 'runtime') ?? 'nodejs';
  return runtime.startsWith('nodejs') || runtime.startsWith('${') ? undefined : runtime;
}

/** A plug-in or, since 4, the framework itself puts each function into one file. */
function bundleIn({ reading }: Surroundings, yaml: YamlText): Build | undefined {
  const { file, text, document } = yaml;
  const plugins = yamlStrings(yaml, yamlAt(yaml, document.contents, 'plugins'));
  const at = (word: string): { file: string; line: number } => ({ file, line: lineAt(text, Math.max(0, text.indexOf(word))) });
  const webpack = plugins.find((name) => /^serverless-(webpack|bundle|plugin-parcel)$/.test(name));
  if (webpack !== undefined) {
    const config = ['webpack.config.js', 'webpack.config.ts', 'webpack.config.cjs']
      .map((name) => reading.repo.read(joinPath(dirOf(file), name)) ?? '')
      .join('\n');
    return /node-?externals/i.test(config) ? undefined : bundleOf('webpack', 'commonjs', config, at(webpack));
  }
  const own = yamlAt(yaml, document.contents, 'build', 'esbuild');
  const isOwn = /^frameworkVersion:\s*['"]?[~^]?4/m.test(text) || own !== undefined;
  const isPlugin = plugins.includes('serverless-esbuild');
  if (!isPlugin && !isOwn) return undefined;
  const options = isPlugin ? yamlAt(yaml, document.contents, 'custom', 'esbuild') : own;
  if (yamlStringAt(yaml, options, 'packages') === 'external' || yamlString(own) === 'false') return undefined;
  const isModule = yamlStringAt(yaml, options, 'format') === 'esm';
  return bundleOf('esbuild', isModule ? 'esm' : 'commonjs', text, at(isPlugin ? 'serverless-esbuild' : 'build:'));
}

/** The last pattern that fits a file decides whether it is deployed. */
function leavesOut(yaml: YamlText, value: Node | undefined): boolean {
  const patterns = [yaml.document.contents, value].flatMap((node) => {
    const settings = yamlAt(yaml, node, 'package');
    const list = (key: string): string[] => yamlStrings(yaml, yamlAt(yaml, settings, key));
    return [...list('exclude').map((glob) => `!${glob}`), ...list('include'), ...list('patterns')];
  });
  const isLeft = (file: string): boolean =>
    patterns.reduce((left, pattern) => {
      const glob = pattern.replace(/^!?(\.\/)?/, '');
      return globExpression(glob).test(file) ? pattern.startsWith('!') : left;
    }, false);
  return isLeft('instrumentation.cjs') || isLeft('node_modules/@tracewright/middleware/package.json');
}

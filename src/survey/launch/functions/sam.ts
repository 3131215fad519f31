import type { Node } from 'yaml';
import type { Build } from '../../../contract/index.ts';
import { baseName, dirOf, joinPath } from '../../read/paths.ts';
import { lineAt } from '../../read/reading.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlStart, yamlString, yamlStringAt, yamlStrings } from '../../read/yaml-text.ts';
import type { FoundLaunch } from '../launch.ts';
import type { Surroundings } from '../trail.ts';
import { bundleOf, functionLaunch } from './function-launch.ts';

/** `AWS::Serverless::Function` and `AWS::Lambda::Function` in templates of SAM and CloudFormation. */
export function samLaunches(around: Surroundings): FoundLaunch[] {
  const { reading } = around;
  const files = reading.repo.files.filter((file) => /^(template|sam|sam-template|cloudformation)[\w.-]*\.ya?ml$/.test(baseName(file)));
  return files.flatMap((file) => {
    if (!/AWS::(Serverless|Lambda)::Function/.test(reading.repo.read(file) ?? '')) return [];
    return readYaml(reading, file).flatMap((yaml) =>
      yamlEntries(yaml, yamlAt(yaml, yaml.document.contents, 'Resources')).flatMap(({ key, value }) =>
        /^AWS::(Serverless|Lambda)::Function$/.test(yamlStringAt(yaml, value, 'Type') ?? '') ? functionOf(around, yaml, key, value) : [],
      ),
    );
  });
}

function functionOf(around: Surroundings, yaml: YamlText, name: string, value: Node | undefined): FoundLaunch[] {
  const { file, text } = yaml;
  const said = (key: string): Node | undefined =>
    yamlAt(yaml, value, 'Properties', key) ?? yamlAt(yaml, yaml.document.contents, 'Globals', 'Function', key);
  const node = said('Handler');
  const handler = yamlString(node);
  const runtime = yamlString(said('Runtime')) ?? 'nodejs';
  const folder = yamlString(said('CodeUri')) ?? yamlString(said('Code')) ?? '.';
  // Without a runtime it is an image, whose own Dockerfile says what starts; an archive elsewhere holds no source.
  if (handler === undefined || node === undefined || !runtime.startsWith('nodejs') || /^s3:|\.zip$/.test(folder)) return [];
  const deployed = joinPath(dirOf(file), folder);
  const bundle = bundleIn(yaml, value);
  const entry = bundle && yamlStrings(yaml, yamlAt(yaml, value, 'Metadata', 'BuildProperties', 'EntryPoints'));
  const stem = handler.replace(/\.[^./]+$/, '');
  const found = entry?.find((each) => baseName(each).replace(/\.\w+$/, '') === baseName(stem));
  const path = joinPath(deployed, found ?? stem);
  const evidence = { file, line: lineAt(text, yamlStart(node)) };
  return [functionLaunch(around, { name, handler, path, deployed, evidence, ...(bundle && { bundle }) })];
}

function bundleIn(yaml: YamlText, value: Node | undefined): Build | undefined {
  const node = yamlAt(yaml, value, 'Metadata', 'BuildMethod');
  if (yamlString(node) !== 'esbuild') return undefined;
  const isModule = yamlStringAt(yaml, value, 'Metadata', 'BuildProperties', 'Format') === 'esm';
  return bundleOf('esbuild', isModule ? 'esm' : 'commonjs', yaml.text, { file: yaml.file, line: lineAt(yaml.text, yamlStart(node)) });
}

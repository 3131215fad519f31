import { baseName, dirOf, joinPath } from '../read/paths.ts';
import { lineAt } from '../read/reading.ts';
import { readYaml, yamlAt, yamlEntries, yamlStart, yamlString } from '../read/yaml-text.ts';
import { entryFile } from './entry-file.ts';
import { type FoundLaunch, purposeOf } from './launch.ts';
import type { Surroundings } from './trail.ts';

/** `functions.*.handler` of serverless.yml. The platform starts Node, so there is no place for flags. */
export function serverlessLaunches(around: Surroundings): FoundLaunch[] {
  const { reading, manifests } = around;
  const files = reading.repo.files.filter((file) => /^serverless\.ya?ml$/.test(baseName(file)));
  return files.flatMap((file) =>
    readYaml(reading, file).flatMap((yaml) =>
      yamlEntries(yaml, yamlAt(yaml, yaml.document.contents, 'functions')).flatMap(({ key, value }) => {
        const node = yamlAt(yaml, value, 'handler');
        const handler = yamlString(node);
        if (handler === undefined) return [];
        const entry = entryFile(reading, manifests, joinPath(dirOf(file), handler.replace(/\.[^./]+$/, '')));
        const evidence = { file, line: lineAt(yaml.text, yamlStart(node)) };
        const purpose = purposeOf(key) === 'development' ? 'development' : 'production';
        const launch = {
          kind: 'serverless',
          name: key,
          command: handler,
          cwd: dirOf(file),
          chain: [key],
          purpose,
          evidence,
          ...(entry !== undefined && { entry }),
        } as const;
        return [{ launch, isFrontEnd: false, ...(entry === undefined && { lost: { code: 'TW1010', detail: `\`${handler}\`` } as const }) }];
      }),
    ),
  );
}

import type { Repo } from '../../contract/index.ts';
import { joinPath } from '../read/paths.ts';
import { startReading } from '../read/reading.ts';
import { readYaml, yamlAt, yamlItems, yamlStringAt } from '../read/yaml-text.ts';

/** A scenario of `tracewright.yaml`. */
export interface ScenarioFact {
  readonly name: string;
  /** True when its golden trace is in the repository. */
  readonly isRecorded: boolean;
}

/** Scenarios that the `tracewright.yaml` of a folder names; none when there is no such file. */
export function scenariosOf(repo: Repo, folder: string): readonly ScenarioFact[] {
  const file = joinPath(folder, 'tracewright.yaml');
  if (!repo.files.includes(file)) return [];
  return readYaml(startReading(repo), file).flatMap((yaml) =>
    yamlItems(yaml, yamlAt(yaml, yaml.document.contents, 'scenarios')).flatMap((scenario) => {
      const name = yamlStringAt(yaml, scenario, 'name');
      if (name === undefined) return [];
      return [{ name, isRecorded: repo.read(joinPath(folder, `.tracewright/golden/${name}.json`)) !== undefined }];
    }),
  );
}

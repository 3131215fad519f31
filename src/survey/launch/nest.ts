import { parseJson, property, propertyAt, stringValue } from '../read/json-text.ts';
import { joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';

/** Source file behind `nest start [app]`, by nest-cli.json and its defaults. */
export function nestEntry(reading: Reading, dir: string, app: string | undefined): string | undefined {
  const file = ['nest-cli.json', '.nestcli.json', '.nest-cli.json', 'nest.json']
    .map((name) => joinPath(dir, name))
    .find((each) => reading.has(each));
  const root = file === undefined ? undefined : parseJson(reading.repo.read(file) ?? '', 'relaxed').root;
  const project = app === undefined ? undefined : propertyAt(root, 'projects', app);
  const source = stringValue(property(project, 'sourceRoot')) ?? stringValue(property(root, 'sourceRoot')) ?? 'src';
  const name = stringValue(property(project, 'entryFile')) ?? stringValue(property(root, 'entryFile')) ?? 'main';
  return ['.ts', '.mts', '.js']
    .map((extension) => joinPath(dir, source, name.replace(/^src\//, '') + extension))
    .find((each) => reading.has(each));
}

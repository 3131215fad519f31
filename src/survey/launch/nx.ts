import { parseJson, property, propertyAt, stringValue } from '../read/json-text.ts';
import { baseName, dirOf, joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';

/** The `main` that an Nx project builds for Node.js; without a name, that of the only such project. */
export function nxEntry(reading: Reading, name: string | undefined): string | undefined {
  const files = reading.repo.files.filter((file) => baseName(file) === 'project.json');
  const entries = files.flatMap((file) => {
    const { root } = parseJson(reading.repo.read(file) ?? '', 'relaxed');
    const project = stringValue(property(root, 'name')) ?? baseName(dirOf(file));
    const build = propertyAt(root, 'targets', 'build');
    const main = stringValue(propertyAt(build, 'options', 'main'));
    const isForNode = /node|esbuild|webpack|js:|nest/.test(stringValue(property(build, 'executor')) ?? '');
    return main !== undefined && isForNode && reading.has(joinPath(main)) ? [{ project, entry: joinPath(main) }] : [];
  });
  const found = name === undefined ? (entries.length === 1 ? entries : []) : entries.filter((each) => each.project === name);
  return found[0]?.entry;
}

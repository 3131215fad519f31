import { parseJson, property, propertyAt, stringValue } from '../read/json-text.ts';
import { baseName, dirOf, joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { type Decoded, decode } from '../read/words.ts';

/** The `main` that an Nx project builds for Node.js; without a name, that of the only such project. */
export function nxEntry(reading: Reading, name: string | undefined): string | undefined {
  const files = reading.repo.files.filter((file) => baseName(file) === 'project.json');
  const entries = files.flatMap((file) => {
    const { root } = parseJson(reading.repo.read(file) ?? '', 'relaxed');
    const project = stringValue(property(root, 'name')) ?? baseName(dirOf(file));
    const build = propertyAt(root, 'targets', 'build');
    const main = stringValue(propertyAt(build, 'options', 'main'));
    return main !== undefined && isForNode(build) && reading.has(joinPath(main)) ? [{ project, entry: joinPath(main) }] : [];
  });
  const found = name === undefined ? (entries.length === 1 ? entries : []) : entries.filter((each) => each.project === name);
  return found[0]?.entry;
}

/** webpack and rspack build for browsers unless they are told otherwise; those of Angular, React and Vite do always. */
function isForNode(build: ReturnType<typeof property>): boolean {
  const executor = stringValue(property(build, 'executor')) ?? '';
  if (/angular|react|next|vite|web:|expo|storybook/.test(executor)) return false;
  if (/webpack|rspack/.test(executor))
    return /^(async-)?node/.test(stringValue(propertyAt(build, 'options', 'target')) ?? '') || /node:/.test(executor);
  return /node|esbuild|js:|nest/.test(executor);
}

/** The command that a target runs, in project.json or under `nx` in package.json, and the folder it runs in. */
export function nxCommand(
  reading: Reading,
  name: string | undefined,
  target: string,
): { readonly text: Decoded; readonly dir: string } | undefined {
  const home = dirOf(reading.repo.files.find((file) => baseName(file) === 'nx.json') ?? '');
  for (const file of reading.repo.files.filter((each) => /^(project|package)\.json$/.test(baseName(each)))) {
    const raw = reading.repo.read(file) ?? '';
    const { root } = parseJson(raw, 'relaxed');
    const project = stringValue(property(root, 'name')) ?? baseName(dirOf(file));
    const stated = propertyAt(root, ...(baseName(file) === 'project.json' ? [] : ['nx']), 'targets', target);
    const node = propertyAt(stated, 'options', 'command') ?? property(stated, 'command');
    const command = stringValue(node);
    if (node === undefined || command === undefined || (name !== undefined && name !== project)) continue;
    const cwd = stringValue(propertyAt(stated, 'options', 'cwd'))?.replace('{projectRoot}', dirOf(file));
    return { text: decode(file, raw, node.offset, node.offset + node.length, command), dir: joinPath(home, cwd ?? '') };
  }
  return undefined;
}

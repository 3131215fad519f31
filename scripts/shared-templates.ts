import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Words = Readonly<Record<string, string | readonly string[]>>;

interface Use {
  /** Folders of `templates/shared/`; a later one counts. */
  readonly layers: readonly string[];
  /** Groups of `words.json`; a later one counts. */
  readonly words: readonly string[];
  readonly own: Words;
  /** Files of the layers that it has otherwise. */
  readonly except?: readonly string[];
}

/** What templates have in common stands once, in `templates/shared/`. Path -> text of each copy, so that every template is whole by itself. */
export function sharedTemplateFiles(root: string): ReadonlyMap<string, string> {
  const shared = join(root, 'templates/shared');
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(shared, name), 'utf8'));
  const groups = read<Readonly<Record<string, Words>>>('words.json');
  const uses = read<Readonly<Record<string, Use>>>('uses.json');
  const files = new Map<string, string>();
  for (const [id, { layers, words, own, except = [] }] of Object.entries(uses)) {
    const all: Words = Object.assign({}, ...['any', ...words].map((group) => groups[group]), own);
    for (const layer of layers)
      for (const file of filesBelow(join(shared, layer), '').filter((path) => !except.includes(path)))
        files.set(`templates/${id}/${file}`, fill(readFileSync(join(shared, layer, file), 'utf8'), all, `${layer}/${file}`));
  }
  return files;
}

/** `{{word}}` alone on a line stands for lines, or for none; elsewhere for a text, which may hold words. */
function fill(text: string, words: Words, where: string): string {
  const wordOf = (name: string): string | readonly string[] => {
    const word = words[name];
    if (word === undefined) throw new Error(`templates/shared/${where}: nobody says what ${name} is`);
    return word;
  };
  const lines = text.replaceAll(/^\{\{([\w.-]+)\}\}\n/gm, (_, name: string) =>
    [wordOf(name)]
      .flat()
      .map((line) => `${line}\n`)
      .join(''),
  );
  const filled = lines.replaceAll(/\{\{([\w.-]+)\}\}/g, (_, name: string) => [wordOf(name)].flat().join('\n'));
  return filled === text ? text : fill(filled, words, where);
}

function filesBelow(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(folder, path) : [path];
  });
}

import { members, parseJson, property, propertyAt, stringValue } from '../read/json-text.ts';
import { joinPath } from '../read/paths.ts';
import type { Reading } from '../read/reading.ts';
import { type Decoded, decode } from '../read/words.ts';

/** The command nodemon runs by its configuration: `exec`, or the `execMap` entry for the file's extension. */
export function nodemonExec(reading: Reading, dir: string, config: string | undefined, target: string | undefined): Decoded | undefined {
  const sources: [string, ...string[]][] = [[joinPath(dir, config ?? 'nodemon.json')], [joinPath(dir, 'package.json'), 'nodemonConfig']];
  for (const [file, ...path] of sources) {
    const text = reading.has(file) ? reading.repo.read(file) : undefined;
    if (text === undefined) continue;
    const root = propertyAt(parseJson(text, 'relaxed').root, ...path);
    const extension = target?.slice(target.lastIndexOf('.') + 1);
    const mapped = members(property(root, 'execMap')).find(({ key }) => key === extension)?.value;
    const node = property(root, 'exec') ?? mapped;
    const command = stringValue(node);
    if (node && command !== undefined) return decode(file, text, node.offset, node.offset + node.length, command);
  }
  return undefined;
}

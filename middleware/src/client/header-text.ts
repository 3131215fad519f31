import type { Changes, Given } from './trace-headers';

/** A header block as text, `name: value` in lines that end in CRLF. */
export function givenInText(block: string): Given {
  return (name) => {
    const found = block.match(linesOf(name));
    if (found === null) return undefined;
    return found.map((line) => line.slice(line.indexOf(':') + 1).trim());
  };
}

/** Lines of these names go; the new ones come last. */
export function replaceInText(block: string, changes: Changes): string {
  let text = block;
  for (const [name, value] of changes) {
    text = text.replace(linesOf(name), '');
    if (value !== '') text += `${name}: ${value}\r\n`;
  }
  return text;
}

function linesOf(name: string): RegExp {
  return new RegExp(`^${name.replace(/[^a-z0-9]/gi, '\\$&')}:.*\\r\\n`, 'gim');
}

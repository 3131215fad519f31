const STRINGS = /'(?:[^'\\]|''|\\[\s\S])*'?|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$/g;
/** MySQL takes them for text, the others for a name. */
const DOUBLE = /"(?:[^"\\]|""|\\[\s\S])*"?/g;
const NUMBERS = /(^|[^\w$."`[?:@])[-+]?(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[-+]?\d+)?)(?![\w"`\]])/gi;

/**
 * A database statement without the values in it, as the conventions ask for (db.query.text "SHOULD be sanitized"); placeholders, names and
 * keywords stay. `system` is `db.system` or `db.system.name`.
 */
export function maskStatement(text: string, system: string): string {
  if (system === 'redis' || system === 'memcached' || system === 'valkey') return maskCommand(text);
  if (/^\s*[{[]/.test(text)) return maskJson(text);
  const plain = text.replace(STRINGS, '?');
  const unquoted = /mysql|mariadb/.test(system) ? plain.replace(DOUBLE, '?') : plain;
  return unquoted.replace(NUMBERS, '$1?');
}

/** Keys hold ids and sessions, arguments hold everything. */
function maskCommand(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^(\s*\S+)\s+\S[\s\S]*$/, '$1 ?'))
    .join('\n');
}

function maskJson(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\[\s\S])*"?)(\s*:)?/g, (whole: string, _text: string, colon: string | undefined) =>
      colon === undefined ? '"?"' : whole,
    )
    .replace(/([:[,]\s*)-?\d[\d.eE+-]*/g, '$1"?"');
}

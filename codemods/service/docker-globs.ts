import { escapePattern } from '../../src/contract/escape-pattern.ts';
/** Files and folders that a COPY pattern takes, by the part of their path that it names. */
export function globMatches(pattern: string, files: readonly string[]): readonly string[] {
  const depth = pattern.split('/').length;
  const expression = globExpression(pattern);
  const names = new Set(files.filter((file) => file.split('/').length >= depth).map((file) => file.split('/').slice(0, depth).join('/')));
  return [...names].filter((name) => expression.test(name)).sort();
}

/** A pattern that Docker would refuse stands for the file of that name. */
function globExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return new RegExp(`^${escapePattern(pattern)}$`);
  }
}

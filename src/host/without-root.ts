import { escapePattern } from '../contract/escape-pattern.ts';

/**
 * A message without the folder it speaks of, which lies elsewhere on every machine: `<root>/a.js` becomes `a.js`, the root itself `.`.
 * Only where a path begins and ends: with `/srv` as root, `./srv/routes` and `/srv2` stay. The text of a repository is never rewritten.
 */
export function withoutRoot(text: string, root: string): string {
  if (root.length < 2) return text;
  const path = new RegExp(`(?<![\\w.~/-])${escapePattern(root)}(?:(/)(?=[^\\s/'"\`])|/?(?![\\w-]|\\.\\w))`, 'g');
  return text.replace(path, (_found, below?: string) => (below === undefined ? '.' : ''));
}

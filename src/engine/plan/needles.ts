import { escapePattern } from '../../contract/escape-pattern.ts';
/** One regular expression for many needles; matches nothing when there are none. */
export function needlePattern(needles: Iterable<string>): RegExp {
  const parts = [...new Set(needles)].filter((needle) => needle !== '').map(escapePattern);
  return parts.length === 0 ? /(?!)/ : new RegExp(parts.join('|'));
}

/** Needles as they look in bytes read as Latin-1. */
export function needleBytes(needle: string): string {
  return Buffer.from(needle, 'utf8').toString('latin1');
}

/** One regular expression for many needles; matches nothing when there are none. */
export function needlePattern(needles: Iterable<string>): RegExp {
  const parts = [...new Set(needles)]
    .filter((needle) => needle !== '')
    .map((needle) => needleBytes(needle).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return parts.length === 0 ? /(?!)/ : new RegExp(parts.join('|'));
}

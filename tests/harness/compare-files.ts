import { createPatch } from 'diff';
import type { Files } from './plan-fixture.ts';

/** Differences between two sets of files, one text each. Binary assets count by presence. */
export function compareFiles(expected: Files, actual: Files): readonly string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
  return names.flatMap((name) => {
    const wanted = expected[name];
    const given = actual[name];
    if (wanted === undefined) return [`${name} should not be there:\n${given}`];
    if (given === undefined) return [`${name} is missing`];
    if (name.endsWith('.tgz') || wanted.equals(given)) return [];
    return [createPatch(name, visible(wanted), visible(given), 'expected', 'actual')];
  });
}

/** Text with line endings and BOM made visible. */
function visible(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\uFEFF', '<BOM>').replaceAll('\r\n', '<CRLF>\n');
}

import { createHash } from 'node:crypto';

const longest = 80;

/** Folder of golden traces that belong to tests, below `.tracewright/golden`. */
export const testFolder = 'tests';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** A test's names as one file name; what had to be cut is told apart by a digest. */
function slug(names: readonly string[]): string {
  const whole = names.join(' ');
  const plain = whole
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return plain.length > 0 && plain.length <= longest ? plain : `${plain.slice(0, longest)}-${digest(whole)}`;
}

/** The scenario name of each test, by its names joined with ` > `: `tests/<file>/<test>`. Names that fall together get a digest. */
export function scenarioNames(file: string, tests: readonly (readonly string[])[]): Map<string, string> {
  const keys = new Map(tests.map((names) => [names.join(' > '), slug(names)]));
  const counts = new Map<string, number>();
  for (const name of keys.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    [...keys].map(([key, name]) => [key, `${testFolder}/${file}/${(counts.get(name) ?? 0) > 1 ? `${name}-${digest(key)}` : name}`]),
  );
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillVersions } from './fill-versions.ts';
import { readFolder } from './read-folder.ts';

/** One tiny repository before a codemod, and after it. */
export interface Fixture {
  readonly codemod: string;
  readonly name: string;
  /** Codemods that are planned before this one. */
  readonly with: readonly string[];
  readonly before: Readonly<Record<string, Buffer>>;
  /** Undefined when nothing may change. */
  readonly after: Readonly<Record<string, Buffer>> | undefined;
}

const codemodsFolder = join(dirname(fileURLToPath(import.meta.url)), '../../codemods');

/** Every `codemods/<id>/fixtures/<case>`, by codemod and name. */
export function listFixtures(folder: string = codemodsFolder): readonly Fixture[] {
  return namesIn(folder).flatMap((codemod) => {
    const cases = join(folder, codemod, 'fixtures');
    return namesIn(cases).map((name) => readFixture(codemod, name, join(cases, name)));
  });
}

function readFixture(codemod: string, name: string, folder: string): Fixture {
  const before = readFolder(join(folder, 'before'));
  if (before === undefined) throw new Error(`${codemod}/${name} has no folder \`before\``);
  const after = readFolder(join(folder, 'after'));
  return { codemod, name, with: readWith(join(folder, 'fixture.json')), before: fillVersions(before), after: after && fillVersions(after) };
}

function readWith(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const options: { with?: readonly string[] } = JSON.parse(readFileSync(file, 'utf8'));
  return options.with ?? [];
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

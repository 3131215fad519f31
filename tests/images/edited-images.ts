import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { middlewareVersion } from '../../src/cohort/index.ts';
import { composePlan, shippedWorkbench } from '../../src/engine/index.ts';
import { takeSurvey } from '../../src/survey/index.ts';
import { exampleNames } from '../harness/copy-example.ts';
import { listFixtures } from '../harness/fixtures.ts';
import { memoryRepo } from '../harness/memory-repo.ts';
import { readFolder } from '../harness/read-folder.ts';
import { lock } from './lock.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A Dockerfile that a whole migration edits. */
export interface EditedImage {
  /** `codemod/fixture Dockerfile` or `example Dockerfile`. */
  readonly name: string;
  readonly dockerfile: string;
  readonly context: string;
  /** The repository after it. */
  readonly files: Files;
}

const packed = `tracewright-middleware-${middlewareVersion}.tgz`;
const examples = join(import.meta.dirname, '../../examples');

/** Every Dockerfile of every fixture and example that a migration edits, with what the migration makes of the repository. */
export function editedImages(): readonly EditedImage[] {
  const repositories = [
    ...listFixtures().map(({ codemod, name, before }) => ({ name: `${codemod}/${name}`, before })),
    ...exampleNames.map((name) => ({ name, before: readFolder(join(examples, name, 'app')) ?? {} })),
  ];
  return repositories
    .filter(({ before }) => Object.keys(before).some((file) => /Dockerfile|compose/.test(basename(file))))
    .flatMap(({ name, before }) => imagesOf(name, before));
}

function imagesOf(name: string, written: Files): readonly EditedImage[] {
  const before = completed(written);
  const files = migrate(before);
  if (files === undefined) return [];
  return takeSurvey(memoryRepo(before))
    .dockerfiles.filter(({ file }) => textOf(files, file) !== textOf(before, file))
    .map(({ file, context }) => ({ name: `${name} ${file}`, dockerfile: file, context, files }));
}

/** A fixture is as small as its codemod needs it; to be compiled it also needs types. */
function completed(files: Files): Files {
  const texts = Object.entries(files).map(([file, content]): [string, string | Uint8Array] => {
    if (basename(file) !== 'package.json') return [file, content];
    const manifest = JSON.parse(textOf(files, file));
    if (manifest.devDependencies?.typescript === undefined || manifest.dependencies?.express === undefined) return [file, content];
    const types = { '@types/express': '^4.17.0', '@types/node': '^20.0.0' };
    return [file, JSON.stringify({ ...manifest, devDependencies: { ...types, ...manifest.devDependencies } }, null, 2)];
  });
  return Object.fromEntries(texts);
}

/** The repository as every codemod leaves it; undefined when the plan is refused. */
export function migrate(before: Files): Files | undefined {
  try {
    const workbench = shippedWorkbench();
    const { changes } = composePlan(memoryRepo(before), { only: [], skip: [] }, workbench);
    const after = new Map(Object.entries(before));
    // In a fixture that is migrated already it is a few bytes.
    for (const file of after.keys()) if (basename(file) === packed) after.set(file, workbench.asset(packed));
    for (const change of changes) {
      if (change.after === null) after.delete(change.file);
      else after.set(change.file, change.after);
    }
    return Object.fromEntries(after);
  } catch {
    return undefined;
  }
}

/** Writes a repository into a folder, with the lock that its package manager makes, as `apply --install` does. */
export function writeRepository(files: Files, context: string, folder: string): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  lock(join(folder, context));
  return join(folder, context);
}

/** The Dockerfile as written, also in a compose file. */
export function dockerfileText(files: Files, file: string): string {
  const text = textOf(files, file);
  const [, indent = '', inline] = /dockerfile_inline: \|\n((?: )+)([\s\S]*?)(?=\n(?!\1)|$)/.exec(text) ?? [];
  return inline === undefined ? text : inline.replaceAll(`\n${indent}`, '\n');
}

function textOf(files: Files, file: string): string {
  const content = files[file];
  return content === undefined ? '' : Buffer.from(content).toString('utf8');
}

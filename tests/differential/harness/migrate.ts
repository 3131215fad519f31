import { composePlan, shippedWorkbench } from '../../../src/engine/index.ts';
import { memoryRepo } from '../../harness/memory-repo.ts';
import type { Files } from '../../harness/plan-fixture.ts';
import type { Program } from './read-programs.ts';

/** The exact version means what it says: SDK 1.x for 18, the newest line for the others. */
function enginesOf(major: number): string {
  return major === 18 ? '18.0.0' : String(major);
}

/** The program as its authors wrote it, for one Node. */
export function before({ files }: Program, major: number): Files {
  const manifest: Record<string, unknown> = JSON.parse(String(files['package.json']));
  return { ...files, 'package.json': Buffer.from(`${JSON.stringify({ engines: { node: enginesOf(major) }, ...manifest }, null, 2)}\n`) };
}

/** The same program as `plan` and `apply` leave it. */
export function after(program: Program, major: number): Files {
  const given = before(program, major);
  const { changes } = composePlan(memoryRepo(given), { only: [], skip: [], with: [...program.directives.with] }, shippedWorkbench());
  if (changes.length === 0 && program.directives.unchanged === undefined) throw new Error('the plan changes nothing');
  const files = new Map(Object.entries(given));
  for (const { file, after: bytes } of changes) {
    if (bytes === null) files.delete(file);
    else if (!file.endsWith('.tgz')) files.set(file, Buffer.from(bytes));
  }
  return Object.fromEntries(files);
}

/** The arguments of Node that `npm start` would give it. */
export function launchOf(files: Files): readonly string[] {
  const { scripts }: { scripts: { start: string } } = JSON.parse(String(files['package.json']));
  const [command, ...args] = scripts.start.split(' ');
  if (command !== 'node') throw new Error(`the start script begins with ${command}, not with node`);
  return args;
}

import semver from 'semver';
import { afterAll, describe, expect, it } from 'vitest';
import { comparable, compare, type Difference, START_LINE } from './harness/compare.ts';
import { createInstallation, type Installation } from './harness/installation.ts';
import { after, before, launchOf } from './harness/migrate.ts';
import { folderOf, manifestIn } from './harness/packages.ts';
import { compile, type Program, readPrograms } from './harness/read-programs.ts';
import { type Observed, runProgram } from './harness/run-program.ts';
import { knownDifferences } from './known-differences.ts';

const own = semver.major(process.version);
const majors = (process.env['DIFFERENTIAL_NODES'] ?? String(own)).split(',').map(Number);
const programs = readPrograms();

describe.each(majors)('on Node %s', (major) => {
  const fitting = programs.filter((program) => fits(program, major));
  const migrated = new Map(fitting.map((program) => [program, attempt(() => after(program, major))]));
  const installation = createInstallation(major, plannedBy([...migrated.values()]));
  afterAll(() => installation.remove());

  describe.concurrent('the migrated program does what it did:', () => {
    for (const program of fitting) {
      it(program.name, { timeout: 60_000 }, () => prove(program));
    }
  });

  async function prove(program: Program): Promise<void> {
    const files = migrated.get(program);
    if (files === undefined || files instanceof Error) throw files;
    const expected = knownDifferences.filter(
      (row) => row.program === program.name && semver.satisfies(installation.version, row.nodes ?? '*'),
    );
    const { differences, observed } = await contrast(installation, program, before(program, major), files);
    const unexpected = differences.filter(({ what }) => !expected.some((row) => row.what === what));
    expect(unexpected.map(({ patch }) => patch).join('\n')).toBe('');
    expect(expected.filter((row) => !differences.some(({ what }) => row.what === what))).toEqual([]);
    if (program.directives.unchanged === undefined) expect(observed.stderr).toMatch(START_LINE);
    if (program.directives.untraced === undefined) expect(observed.spans, 'spans that were received').toBeGreaterThan(0);
  }
});

it('has programs, and every known difference is of one', () => {
  expect(programs.length).toBeGreaterThan(0);
  const names = programs.map(({ name }) => name);
  expect(knownDifferences.filter(({ program }) => !names.includes(program))).toEqual([]);
  // What is ours is mended.
  expect(knownDifferences.filter(({ whose }) => whose === 'ours')).toEqual([]);
});

/** Runs it before and after. */
async function contrast(
  installation: Installation,
  program: Program,
  original: Program['files'],
  changed: Program['files'],
): Promise<{ differences: readonly Difference[]; observed: Observed }> {
  const { directives, express, name } = program;
  const folders = [original, changed].map((files, at) => installation.place(name, express, at === 0 ? 'a' : 'b', compile(files)));
  const [plain = '', traced = ''] = folders;
  const was = await runProgram(installation.node, launchOf(original), plain, directives);
  const observed = await runProgram(installation.node, launchOf(changed), traced, directives);
  const first = comparable(was, plain, directives.frames);
  const differences = compare(first, comparable(observed, traced, directives.frames));
  if (differences.length > 0) {
    const again = comparable(await runProgram(installation.node, launchOf(original), plain, directives), plain, directives.frames);
    const [unsteady] = compare(first, again);
    if (unsteady !== undefined) throw new Error(`the program itself does not do the same twice:\n${unsteady.patch}`);
  }
  return { differences, observed };
}

/** Whether Node and the engines of the libraries allow it. */
function fits({ directives, packages, express }: Program, major: number): boolean {
  const version = `${major}.999.0`;
  const engines = packages.map((name) => manifestIn(folderOf(name, express)).engines?.['node'] ?? '*');
  return [directives.nodes, ...engines].every((range) => semver.satisfies(version, range));
}

/** All packages that the plans add, with one version each. */
function plannedBy(all: readonly (Program['files'] | Error)[]): Readonly<Record<string, string>> {
  const planned = all.flatMap((files) => {
    if (files instanceof Error) return [];
    const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(String(files['package.json']));
    return Object.entries(dependencies).filter(([name]) => name.startsWith('@opentelemetry/'));
  });
  return Object.fromEntries(planned);
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

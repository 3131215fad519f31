import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composePlan, shippedWorkbench } from '../src/engine/index.ts';
import { startReceiver } from '../src/trace/index.ts';
import { memoryRepo } from '../tests/harness/memory-repo.ts';
import { type Entry, entriesOf, type Files, hasExit, installedIn } from './exits/package-entries.ts';
import { loadedBy, run, type Seen } from './exits/run-entry.ts';

/**
 * `npx tsx scripts/run-exits.ts [packages]`, after a build: real commands of the registry, which end in all the ways that programs end, before
 * and after their migration. They and the commands of what they depend on are installed into the temporary folder, as the registry was on one
 * day and without their install scripts, and run there.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WAYS = [['--help'], ['--no-such-option-at-all']] as const;
const DAY = '2026-11-30';
const WANTED = 320;
const BATCH = 12;
const AT_ONCE = 3;
const counts = {
  packages: 0,
  /** Files that were run, with each of the ways. */
  entries: 0,
  /** Files of those packages that can end a program and were loaded. */
  exits: 0,
  runs: 0,
  traced: 0,
  'exit code 0': 0,
  'another exit code': 0,
  signal: 0,
  edited: 0,
  /** The same command did not do the same twice. */
  unsteady: 0,
  /** The plan changes nothing, leaves it to a person, or wants what is not installed here. */
  unplanned: 0,
};
const differences: string[] = [];
/** Files that were run; a package comes with several others. */
const known = new Set<string>();

async function main(asked: readonly string[]): Promise<void> {
  const names: readonly string[] = asked.length > 0 ? asked : JSON.parse(readFileSync(join(root, 'scripts/exits/packages.json'), 'utf8'));
  const receiver = await startReceiver();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
  for (let at = 0; at < names.length && counts.entries < WANTED; at += BATCH) {
    const place = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-exits-')));
    try {
      const entries = install(place, names.slice(at, at + BATCH));
      const queue = entries.entries();
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const [nth, entry] of queue) await prove(join(place, String(nth)), entry, env);
        }),
      );
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
    console.error(JSON.stringify(counts));
  }
  await receiver.close();
  console.log(differences.join('\n\n'));
  console.table(counts);
}

/** One folder for several packages; one that cannot be installed with the others is left out. */
function install(place: string, names: readonly string[]): readonly Entry[] {
  writeFileSync(join(place, 'package.json'), '{"private":true}');
  const words = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--legacy-peer-deps',
    '--engine-strict=false',
    '--loglevel=error',
    `--before=${DAY}`,
  ];
  const npm = (packages: readonly string[]): void => {
    execFileSync('npm', [...words, ...packages], { cwd: place, stdio: 'pipe', timeout: 300_000 });
  };
  try {
    npm(names);
  } catch {
    for (const name of names) attempt(() => npm([name]));
  }
  const modules = join(place, 'node_modules');
  for (const name of ['@opentelemetry', '@tracewright']) rmSync(join(modules, name), { recursive: true, force: true });
  symlinkSync(join(root, 'node_modules/@opentelemetry'), join(modules, '@opentelemetry'));
  mkdirSync(join(modules, '@tracewright'));
  symlinkSync(join(root, 'middleware'), join(modules, '@tracewright/middleware'));
  const others = installedIn(modules).filter((name) => !names.includes(name));
  const found = [...names.map((name) => entriesOf(modules, name)), ...others.map((name) => entriesOf(modules, name, 'commands'))];
  const fresh = found.map((entries) => entries.filter(isFirst)).filter((entries) => entries.length > 0);
  counts.packages += fresh.length;
  return fresh.flat();
}

/** Whether that file of that version was not run yet. */
function isFirst({ package: name, file, files }: Entry): boolean {
  const { version }: { version: string } = JSON.parse(String(files['package.json']));
  const key = `${name}@${version}/${file}`;
  return !known.has(key) && known.add(key) !== undefined;
}

async function prove(place: string, entry: Entry, env: Readonly<Record<string, string>>): Promise<void> {
  const original = asService(entry);
  const changed = attempt(() => migrate(original));
  if (changed === undefined) {
    counts.unplanned++;
    return;
  }
  const nested = join(place, '../node_modules', entry.package, 'node_modules');
  const [plain, traced] = [lay(join(place, 'a/p'), original, nested), lay(join(place, 'b/p'), changed.files, nested)];
  counts.entries++;
  counts.edited += changed.edited;
  for (const args of WAYS) {
    const was = await run({ ...plain, args });
    const is = await run({ ...traced, args, env });
    count(was, is);
    if (same(was, is)) continue;
    if (same(was, await run({ ...plain, args }))) note(entry, args, was, is);
    else counts.unsteady++;
  }
  const loaded = await loadedBy({ ...plain, args: WAYS[1] });
  counts.exits += loaded.filter((file) => hasExit(String(original[file] ?? ''))).length;
  rmSync(place, { recursive: true, force: true });
}

function count(was: Seen, { traced }: Seen): void {
  counts.runs++;
  counts[/^\d/.test(was.end) ? (was.end === '0' ? 'exit code 0' : 'another exit code') : 'signal']++;
  if (traced) counts.traced++;
}

/** The package as the repository of a service that runs this file. */
function asService({ files, file }: Entry): Files {
  const { bin: _bin, scripts: _scripts, ...manifest } = JSON.parse(String(files['package.json']));
  const service = { ...manifest, private: true, engines: { node: '20' }, scripts: { start: `node ${file}` } };
  return { ...files, 'package.json': Buffer.from(JSON.stringify(service, null, 2)) };
}

function migrate(files: Files): { files: Files; edited: number } {
  const { changes } = composePlan(
    memoryRepo(files),
    { only: ['otel-bootstrap', 'otel-load', 'shutdown-flush'], skip: [] },
    shippedWorkbench(),
  );
  const changed = new Map(Object.entries(files));
  for (const { file, after } of changes) if (after !== null && !file.endsWith('.tgz')) changed.set(file, Buffer.from(after));
  const edited = changes.filter(({ file, before }) => before !== null && /\.[cm]?js$|\/[^.]+$/.test(file)).length;
  if (edited === 0) throw new Error('nothing is changed');
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(String(changed.get('package.json')));
  const wanted = Object.keys(dependencies).filter((name) => name.startsWith('@opentelemetry/'));
  if (wanted.some((name) => !existsSync(join(root, 'node_modules', name))))
    throw new Error('a library here has no instrumentation installed');
  return { files: Object.fromEntries(changed), edited };
}

function lay(folder: string, files: Files, nested: string): { folder: string; start: readonly string[] } {
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
  attempt(() => cpSync(nested, join(folder, 'node_modules'), { recursive: true }));
  const { scripts }: { scripts: { start: string } } = JSON.parse(String(files['package.json']));
  return { folder, start: scripts.start.split(' ').slice(1) };
}

function same(one: Seen, other: Seen): boolean {
  return one.stdout === other.stdout && one.stderr === other.stderr && one.end === other.end;
}

function note(entry: Entry, args: readonly string[], was: Seen, is: Seen): void {
  const title = `${entry.package}: node ${entry.file} ${args.join(' ')}`;
  differences.push(title);
  console.error(`DIFFERENT ${title}\n${JSON.stringify(was, null, 1).slice(0, 3000)}\n${JSON.stringify(is, null, 1).slice(0, 3000)}`);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

await main(process.argv.slice(2));

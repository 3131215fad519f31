import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../contract/index.ts';
import { toolVersion } from '../engine/index.ts';
import { canonicalJson, sha256 } from '../engine/plan/canonical.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
import { readSetup } from '../verify/setup/read-setup.ts';
import type { ServiceSetup } from '../verify/setup/setup.ts';
import { sealGraph } from './check-graph.ts';
import { gitWord } from './git.ts';
import { type Propagation, pairOf, type Step, type TaskGraph } from './graph.ts';
import { inStages, limits, planStages, type RepositoryStages, type TaskOptions } from './plan-tasks.ts';

interface Part extends RepositoryStages {
  /** Relative to the folder that holds the repositories. */
  readonly folder: string;
}

/** A program of tracewright.yaml: whose repository it is in, and what its spans call it. */
interface Program {
  readonly setup: ServiceSetup;
  readonly folder: string;
  readonly name: string;
}

/**
 * The tasks of several repositories below one folder. Each is worked on as if it were alone, at the same time as the others;
 * then all of their programs are started together, and what is kept waits for the traces that lead through them.
 *
 *   a: survey .. record ─┐             ┌─ propagates ─▶ a: commit ..
 *                        ├─▶ observe ──┤
 *   b: survey .. record ─┘             └─ propagates ─▶ b: commit ..
 */
export async function planRepositories(root: string, options: TaskOptions): Promise<TaskGraph> {
  const folders = [...new Set(options.repositories ?? [])].map((folder) => folder.replace(/^\.\/|\/+$/g, '')).sort();
  await checkFolders(root, folders);
  const setup = readTogether(root);
  const parts: Part[] = [];
  for (const folder of folders) parts.push({ folder, ...(await planStages(join(root, folder), options)) });
  const programs = setup.map((each) => programOf(each, parts));
  refuseTwins(programs);
  const edges = edgesOf(programs, options.propagates ?? []);
  const repositories = Object.fromEntries(parts.map(({ folder, repository }) => [folder, repository]));
  const steps = parts.flatMap((part) => stepsOf(part, edgesAt(part, programs, edges)));
  const proven = parts.flatMap(({ folder, before }) => (before.at(-1) ?? []).map(({ id }) => inFolder(folder, id)));
  const plan = sha256(canonicalJson(parts.map((part) => [part.folder, part.plan])));
  const input = { plan, folders, pairs: edges.map(pairOf) };
  return sealGraph(toolVersion(), repositories, [...steps, { id: 'observe', after: proven, kind: 'observe', input, ...limits.proof }]);
}

/** Each is a repository of its own, and none lies in another. */
async function checkFolders(root: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (folder === '' || folder === '.' || folder.startsWith('/') || folder.split('/').includes('..'))
      throw apart(`'${folder}' is not a folder below this one`);
    const outer = folders.find((other) => folder.startsWith(`${other}/`));
    if (outer !== undefined) throw apart(`${folder} lies in ${outer}`);
    const place = realRoot(join(root, folder));
    const top = await gitWord(place, ['rev-parse', '--show-toplevel']);
    if (top === undefined) throw new TracewrightError('TW4012', folder);
    if (realRoot(top) !== place) throw apart(`${folder} is a folder of a larger repository`);
  }
}

function apart(why: string): TracewrightError {
  return new TracewrightError('TW4023', why);
}

/** The programs that tracewright.yaml starts together. */
function readTogether(root: string): readonly ServiceSetup[] {
  const file = join(root, 'tracewright.yaml');
  if (!existsSync(file))
    throw apart('tracewright.yaml is missing beside them: it says which programs to start together and what to ask them');
  return readSetup(readFileSync(file, 'utf8')).services;
}

function programOf(setup: ServiceSetup, parts: readonly Part[]): Program {
  const part = parts.find(({ folder }) => setup.dir === folder || setup.dir.startsWith(`${folder}/`));
  if (part === undefined) throw apart(`${setup.name} of tracewright.yaml lies in '${setup.dir}', which is in none of them`);
  const inside = setup.dir.slice(part.folder.length + 1);
  const known = part.services.find((service) => service.package === inside) ?? part.services[0];
  return { setup, folder: part.folder, name: setup.env['OTEL_SERVICE_NAME'] ?? known?.name ?? setup.name };
}

/** A program that is told the address of another one calls it; further pairs are named on the command line. */
function edgesOf(programs: readonly Program[], named: readonly string[]): readonly Propagation[] {
  const nameOf = (word: string): string => {
    const found = programs.find(({ setup, name }) => setup.name === word || name === word);
    if (found === undefined) throw apart(`'${word}' is none of the services ${programs.map(({ setup }) => setup.name).join(', ')}`);
    return found.name;
  };
  const told = programs.flatMap(({ setup, name }) =>
    Object.values(setup.env).flatMap((value) =>
      [...value.matchAll(/\$\{services\.(.+?)\.(?:url|port)\}/g)].map(([, other = '']) => ({ producer: name, consumer: nameOf(other) })),
    ),
  );
  const asked = named.map((words) => {
    const [producer, consumer, ...rest] = words.split(':');
    if (!producer || !consumer || rest.length > 0) throw new TracewrightError('TW1072', `--propagates ${words} is not producer:consumer`);
    return { producer: nameOf(producer), consumer: nameOf(consumer) };
  });
  const edges = new Map([...told, ...asked].map((edge) => [pairOf(edge), edge]));
  if (edges.size === 0) throw apart('no service of tracewright.yaml has the address of another one in its env, and no pair was named');
  return [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}

/** The edges that a repository is at one end of. */
function edgesAt({ folder }: Part, programs: readonly Program[], edges: readonly Propagation[]): readonly Propagation[] {
  const own = new Set(programs.filter((program) => program.folder === folder).map(({ name }) => name));
  return edges.filter(({ producer, consumer }) => own.has(producer) || own.has(consumer));
}

function stepsOf({ folder, before, after }: Part, edges: readonly Propagation[]): readonly Step[] {
  const first = after.findIndex((stage) => stage.length > 0);
  const waiting = after.map((stage, at) =>
    at === first && edges.length > 0 ? stage.map((step) => ({ ...step, propagates: edges })) : stage,
  );
  const named = (id: string): string => inFolder(folder, id);
  return inStages([...before, ...waiting]).map((step): Step => {
    const placed = { ...step, id: named(step.id), after: step.after.map(named), repo: folder };
    return placed.kind === 'commit' ? { ...placed, input: { ...placed.input, of: named(placed.input.of) } } : placed;
  });
}

function inFolder(folder: string, id: string): string {
  return `${folder.replace(/[^A-Za-z0-9._-]+/g, '.')}:${id}`;
}

/** Spans tell services apart by name. */
function refuseTwins(programs: readonly Program[]): void {
  const twin = programs.find(({ name }, at) => programs.findIndex((other) => other.name === name) !== at);
  if (twin !== undefined) throw apart(`two programs call themselves ${twin.name} in their spans; give one an OTEL_SERVICE_NAME in its env`);
}

import type { Evidence, JobSite, Launch } from '../../contract/index.ts';
import { libraryOf } from '../../libraries/index.ts';
import { scriptCommand } from './derive-setup.ts';
import { type DraftRequest, item } from './draft-request.ts';
import type { TreeFacts } from './read-tree.ts';
import type { ServiceSetup } from './setup.ts';

/** A command that puts a job on a queue which no request fills: the program of the repository that does it, else a line with the queue's own library. */
export function draftJob(root: string, tree: TreeFacts, job: JobSite, services: readonly ServiceSetup[]): DraftRequest {
  const { queue, evidence, puts, library } = job;
  const place = `Queue ${queue} (${evidence.file}:${evidence.line})`;
  const service = workerOf(tree, evidence, services);
  const step = (run: string): string =>
    item({ ...(services.length > 1 && service ? { service: service.name } : {}), name: `a job on ${queue}`, run });
  const [program] = puts.flatMap((put) => programOf(root, tree, put, service) ?? []);
  if (program !== undefined) return { lines: `      # ${place}\n${step(program)}` };
  const [put] = puts;
  const as = put === undefined ? '' : `, as ${put.file}:${put.line} puts it`;
  const question = `${place}: what does a job hold${as}, and where does ${library} find it in a trial?`;
  const name = quoted(queue);
  const script = name === undefined ? undefined : libraryOf(library)?.trial?.map((line) => line.replace('{queue}', () => name));
  if (script === undefined) return { lines: `      # ${question}\n${step('true').replace(/^/gm, '#')}`, question };
  return { lines: `      # ${question}\n${step(['node -e "', ...script.map((line) => `  ${line}`), '"'].join('\n'))}`, question };
}

/** A name that neither JavaScript between single quotes nor the shell between double ones reads as anything else; undefined where it would. */
function quoted(queue: string): string | undefined {
  return /^[\w.:/ -]+$/.test(queue) ? `'${queue}'` : undefined;
}

/** The program whose package the worker stands in, and of several the one that runs its file. */
function workerOf({ survey }: TreeFacts, { file }: Evidence, services: readonly ServiceSetup[]): ServiceSetup | undefined {
  const inside = ({ dir }: ServiceSetup): boolean => dir === '' || file.startsWith(`${dir}/`);
  const own = services.filter(inside).toSorted((a, b) => b.dir.length - a.dir.length);
  const launch = survey.services.flatMap(({ launches }) => launches).find(({ entry }) => entry === file);
  return own.find(({ name }) => launch !== undefined && name.endsWith(`-${launch.name}`)) ?? own[0];
}

/** How the file that puts a job is started, when it is a program of its own in plain JavaScript and not the worker itself. */
function programOf(root: string, { repo, survey }: TreeFacts, { file }: Evidence, service: ServiceSetup | undefined): string | undefined {
  const dir = service?.dir ?? '';
  const runs = (launch: Launch): boolean => launch.entry === file && launch.kind === 'script' && launch.cwd === dir;
  const script = survey.services.flatMap(({ launches }) => launches).find(runs);
  if (script !== undefined && script.name !== 'start') return scriptCommand(root, dir, script.name);
  if (!/\.[cm]?js$/.test(file) || !file.startsWith(dir === '' ? '' : `${dir}/`)) return undefined;
  const isProgram = !/\bmodule\.exports\b|\bexports\.|^export\b|\.(consume|process)\s*\(|new Worker\b/m.test(repo.read(file) ?? '');
  return isProgram ? `node ${file.slice(dir === '' ? 0 : dir.length + 1)}` : undefined;
}

import { type Plan, type PlanOptions, type Service, type Survey, TracewrightError } from '../contract/index.ts';
import { compositionOf, createPlan, shippedWorkbench, toolVersion } from '../engine/index.ts';
import { loadSetup } from '../verify/judge/gather-evidence.ts';
import { readScripts, scriptCommand } from '../verify/setup/derive-setup.ts';
import type { ServiceSetup } from '../verify/setup/setup.ts';
import { branchFor, currentBranch } from './branch.ts';
import { sealGraph } from './check-graph.ts';
import { gitWord } from './git.ts';
import type { Repository, Step, TaskGraph } from './graph.ts';

export interface TaskOptions extends PlanOptions {
  /** Repositories below the folder that are worked on together, by their folders. */
  readonly repositories?: readonly string[];
  /** Further pairs of services that must appear in one trace, as `producer:consumer`. */
  readonly propagates?: readonly string[];
  /** The branch the work ends on; `tracewright/<branch it starts from>` unless said otherwise. */
  readonly branch?: string;
  /** Somebody has to say yes before the commit. */
  readonly gate?: boolean;
  /** Leaves the repository's own tests out. */
  readonly skipTests?: boolean;
  /** A line that is run before the commit. */
  readonly command?: string;
  /** A line that is run after the commit, when somebody said yes. */
  readonly deploy?: string;
}

/**
 * The tasks of one repository, as data; the same tree and options give the same graph.
 *
 *   survey -> plan -> apply -> install.. -> build.. -> test.. -> verify -> record -> commit -> agent -> commit ..
 */
export async function planTasks(root: string, options: TaskOptions): Promise<TaskGraph> {
  const { repository, before, after } = await planStages(root, options);
  return sealGraph(toolVersion(), { '.': repository }, inStages([...before, ...after]));
}

/** Steps that may run at once, and come after all of the stage before. */
export type Stage = readonly Step[];

/** The work on one repository: up to the proof that it runs alone, and what keeps it. */
export interface RepositoryStages {
  readonly repository: Repository;
  readonly plan: string;
  readonly services: readonly Service[];
  readonly before: readonly Stage[];
  readonly after: readonly Stage[];
}

/** Throws TW4012 where there is no commit, and what planning throws. */
export async function planStages(root: string, options: TaskOptions): Promise<RepositoryStages> {
  const base = await gitWord(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (base === undefined) throw new TracewrightError('TW4012', root);
  const { only, skip, with: also = [] } = options;
  const plan = createPlan(root, { only, skip, ...(also.length > 0 && { with: also }) });
  const { survey } = compositionOf(root, plan, shippedWorkbench());
  const branch = options.branch ?? branchFor(await currentBranch(root), base);
  const { services } = survey;
  const before = provingStages(root, base, plan, survey, options);
  return {
    repository: { base, branch },
    plan: plan.hash,
    services,
    before,
    after: [...keepingStages(plan.hash, options), ...handedOut(plan)],
  };
}

/** The steps with what each comes after. */
export function inStages(stages: readonly Stage[]): readonly Step[] {
  const present = stages.filter((stage) => stage.length > 0);
  return present.flatMap((stage, index) => stage.map((step) => ({ ...step, after: (present[index - 1] ?? []).map(({ id }) => id) })));
}

function provingStages(root: string, base: string, plan: Plan, survey: Survey, options: TaskOptions): readonly Stage[] {
  const { hash } = plan;
  const choice = { plan: hash, only: plan.options.only, skip: plan.options.skip, with: plan.options.with ?? [] };
  const services = servicesOf(root, plan);
  return [
    [{ id: 'survey', after: [], kind: 'survey', input: { services: survey.services.map(({ name }) => name) } }],
    [{ id: 'plan', after: [], kind: 'plan', input: choice }],
    [{ id: 'apply', after: [], kind: 'apply', input: choice }],
    installSteps(plan, survey),
    buildSteps(hash, services),
    options.skipTests ? [] : testSteps(root, plan, survey),
    ...(services.length === 0 ? [[unproven(hash)]] : proofStages(hash, base)),
  ];
}

function keepingStages(hash: string, options: TaskOptions): readonly Stage[] {
  return [
    options.command === undefined ? [] : [commandStep('command', hash, options.command)],
    options.gate ? [gateStep('gate', hash, 'Commit what changed?')] : [],
    [{ id: 'commit', after: [], kind: 'commit', input: { plan: hash, message: 'feat: trace with OpenTelemetry', of: 'apply' } }],
    ...(options.deploy === undefined
      ? []
      : [[gateStep('approve-deploy', hash, 'Deploy it?')], [commandStep('deploy', hash, options.deploy)]]),
  ];
}

/** The programs that can be started; none when nothing can. */
function servicesOf(root: string, plan: Plan): readonly ServiceSetup[] {
  try {
    return loadSetup(root, {}, plan.routes).services;
  } catch (error) {
    if (error instanceof TracewrightError && error.code === 'TW3001') return [];
    throw error;
  }
}

export const limits = { install: { attempts: 3, seconds: 900 }, proof: { attempts: 2, seconds: 900 }, shell: { seconds: 1800 } } as const;

function installSteps({ hash, files }: Plan, { packages, services }: Survey): readonly Step[] {
  const touched = packages.filter(
    ({ manifest, dir }) => files.some(({ file }) => file === manifest) || services.some((service) => service.package === dir),
  );
  const managers = new Map(touched.map(({ root, packageManager }) => [root, packageManager]));
  const roots = [...managers].sort(([a], [b]) => (a < b ? -1 : 1));
  return roots.map(([folder, packageManager]) => ({
    id: named('install', folder, roots.length),
    after: [],
    kind: 'install',
    input: { plan: hash, folder, packageManager },
    ...limits.install,
  }));
}

function buildSteps(plan: string, services: readonly ServiceSetup[]): readonly Step[] {
  const built = services.flatMap(({ dir, build }) => (build === undefined ? [] : [[`${dir}\0${build}`, { dir, build }] as const]));
  const each = [...new Map(built).values()];
  return each.map(({ dir, build }) => ({
    id: named('build', dir, each.length),
    after: [],
    kind: 'build',
    input: { plan, folder: dir, command: build },
    ...limits.shell,
  }));
}

/** The test scripts of the packages that are changed; npm's own placeholder is none. */
function testSteps(root: string, { hash, files }: Plan, { packages }: Survey): readonly Step[] {
  const tested = packages.filter(({ dir, manifest }) => {
    const script = readScripts(root, dir)['test'];
    return files.some(({ file }) => file === manifest) && typeof script === 'string' && !/no test specified/.test(script);
  });
  return tested.map(({ dir }) => ({
    id: named('test', dir, tested.length),
    after: [],
    kind: 'test',
    input: { plan: hash, folder: dir, command: scriptCommand(root, dir, 'test') },
    ...limits.shell,
  }));
}

function proofStages(plan: string, base: string): readonly Stage[] {
  return [
    [{ id: 'verify', after: [], kind: 'verify', input: { plan, against: base }, ...limits.proof }],
    [{ id: 'record', after: [], kind: 'record', input: { plan }, ...limits.proof }],
  ];
}

function unproven(plan: string): Step {
  return gateStep('approve-unproven', plan, 'No program could be started, so no trace proves the change. Commit it all the same?');
}

function gateStep(id: string, plan: string, question: string): Step {
  return { id, after: [], kind: 'gate', input: { plan, question } };
}

function commandStep(id: string, plan: string, command: string): Step {
  return { id, after: [], kind: 'command', input: { plan, folder: '', command }, ...limits.shell };
}

/** What the plan leaves to a person or an agent: one at a time, because they share a tree, each with a commit of its own. */
function handedOut(plan: Plan): readonly Stage[] {
  const tasks = plan.codemods.flatMap((codemod) =>
    codemod.status === 'applies' ? codemod.tasks.map((task) => ({ ...task, codemod: codemod.id })) : [],
  );
  return tasks.flatMap(({ codemod, file, line, why, next }, index): readonly Stage[] => {
    const agent = `agent-${index + 1}`;
    const input = { plan: plan.hash, codemod, file, instruction: `${file}:${line} ${why} ${next}`, accepted };
    const message = `feat: ${codemod} in ${file}`;
    return [
      [{ id: agent, after: [], kind: 'agent', input, seconds: limits.proof.seconds }],
      [{ id: `commit-${agent}`, after: [], kind: 'commit', input: { plan: plan.hash, message, of: agent } }],
    ];
  });
}

const accepted = 'The program is started, every check of `tracewright verify` holds, and its golden traces are recorded anew.';

function named(what: string, folder: string, count: number): string {
  return count === 1 ? what : `${what}:${folder === '' ? 'root' : folder.replace(/[^A-Za-z0-9._-]+/g, '.')}`;
}

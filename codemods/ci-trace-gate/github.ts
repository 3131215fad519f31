import type { Repo } from '../../src/contract/index.ts';
import type { readWorkflows, Workflow, WorkflowJob } from '../../src/survey/index.ts';
import { isWithin } from '../kit/index.ts';
import { gateOf, installFolder, isTest } from './commands.ts';
import type { Gate } from './gates.ts';
import { type Apart, newJobSite, newWorkflowSite } from './github-jobs.ts';
import { judgesChanges, runsTests, type SeenStep, seen, type TestJob } from './github-seen.ts';
import { gateStep, gateSteps } from './github-steps.ts';
import { type FoundPart, type Home, type Site, writeAt } from './home.ts';
import { isEnough, isEnoughImage, versionInFile } from './node-versions.ts';
import { reasons } from './reasons.ts';
import type { Tool } from './tool.ts';

/** GitHub Actions; undefined when the repository has no workflow. */
export function githubHome({ workflows, actions }: ReturnType<typeof readWorkflows>, repo: Repo, tool: Tool): Home | undefined {
  if (workflows.length === 0) return undefined;
  const jobs = workflows.flatMap((workflow) =>
    workflow.jobs.map((job): TestJob => ({ workflow, job, steps: job.steps.map((step) => seen(step, actions, repo)) })),
  );
  const testing = jobs.filter(({ workflow, steps }) => judgesChanges(workflow, workflows) && steps.some(runsTests));
  return {
    runsTests: testing.length > 0,
    found: jobs.flatMap(partsIn),
    add: (missing) => addAll(missing, testing, workflows, repo, tool),
  };
}

function partsIn({ workflow, steps, job }: TestJob): readonly FoundPart[] {
  return steps.flatMap((step) =>
    step.commands.flatMap((command): FoundPart[] => {
      const part = gateOf(command);
      if (part === undefined) return [];
      const { file } = workflow;
      return [
        {
          ...part,
          file,
          line: step.line,
          addAfter(text, why) {
            if (step.after === undefined || step.uses !== undefined) return undefined;
            const lines = gateStep(part.kind === 'check' ? 'verify' : 'check', text, job.defaultFolder !== '');
            const { offset } = step.after;
            return { edit: { kind: 'splice', file, start: offset, end: offset, text: writeAt(step.after, [lines]), why } };
          },
        },
      ];
    }),
  );
}

/** Each gate as steps after the tests, else as a job beside them, else as a workflow of its own. */
function addAll(
  missing: readonly Gate[],
  testing: readonly TestJob[],
  workflows: readonly Workflow[],
  repo: Repo,
  tool: Tool,
): readonly Site[] {
  const inJob = new Map<SeenStep, { readonly home: TestJob; readonly gates: Gate[] }>();
  const apart: Apart[] = [];
  for (const gate of missing) {
    const near = testing.filter(({ steps }) => steps.some((step) => testsFor(gate, step)));
    const fitting = near.find((home) => misfit(gate, home, repo) === undefined);
    const last = fitting?.steps.findLast((step) => testsFor(gate, step));
    if (fitting === undefined || last === undefined) {
      const beside = near[0] ?? testing[0];
      apart.push({ gate, beside, why: beside === undefined ? reasons.noTests : (misfit(gate, beside, repo) ?? reasons.elsewhere) });
    } else {
      const known = inJob.get(last) ?? { home: fitting, gates: [] };
      known.gates.push(gate);
      inJob.set(last, known);
    }
  }
  return [
    ...[...inJob].flatMap(([step, { home, gates: own }]) => stepSite(step, home, own, tool)),
    ...newJobSite(
      apart.filter(({ beside }) => beside !== undefined),
      tool,
    ),
    ...newWorkflowSite(
      apart.flatMap(({ gate, beside }) => (beside === undefined ? [gate] : [])),
      workflows,
      repo,
      tool,
    ),
  ];
}

function stepSite(step: SeenStep, { workflow, job }: TestJob, gates: readonly Gate[], tool: Tool): readonly Site[] {
  if (step.after === undefined) return [];
  const style = { uploads: job.uploadsFindings, leavesRoot: job.defaultFolder !== '' };
  const text = writeAt(
    step.after,
    gates.flatMap((gate) => gateSteps(gate, tool, style)),
    workflow.newJob?.unit,
  );
  const { offset } = step.after;
  return [{ edit: { kind: 'splice', file: workflow.file, start: offset, end: offset, text, why: reasons.steps(job.id) } }];
}

/** True when a step tests what the gate watches. */
function testsFor({ folder }: Gate, step: SeenStep): boolean {
  return step.commands.some((command) => {
    if (!isTest(command)) return false;
    return command.folder === undefined || isWithin(command.folder, folder) || isWithin(folder, command.folder);
  });
}

/** Why the gate cannot be steps of this job; undefined when it can. */
function misfit(gate: Gate, { job, steps }: TestJob, repo: Repo): string | undefined {
  const at = steps.findLastIndex((step) => testsFor(gate, step));
  const before = steps.slice(0, at + 1);
  if (steps[at]?.after === undefined) return reasons.sharedSteps(job.id);
  if (job.hasMatrix) return reasons.matrix(job.id);
  if (job.mayFail) return reasons.mayFail(job.id);
  if (/windows/i.test(job.runsOn ?? '')) return reasons.windows(job.id);
  if (before.some(({ uses, with: given }) => uses?.startsWith('actions/checkout@') && given['path'] !== undefined))
    return reasons.otherPath(job.id);
  const node = nodeOf(job, before, repo);
  if (node.isEnough !== true) return node.isEnough === undefined ? reasons.unknownNode(job.id) : reasons.oldNode(job.id, node.written);
  const installed = before.flatMap(({ commands }) => commands.map(installFolder));
  return gate.installs.every(({ folder }) => installed.includes(folder)) ? undefined : reasons.notInstalled(job.id);
}

function nodeOf(
  job: WorkflowJob,
  before: readonly SeenStep[],
  repo: Repo,
): { readonly written: string; readonly isEnough: boolean | undefined } {
  const setup = before.findLast(({ uses }) => uses?.startsWith('actions/setup-node@'));
  const file = setup?.with['node-version-file'];
  const written = setup?.with['node-version'] ?? (file === undefined ? undefined : versionInFile(file, repo));
  if (setup !== undefined) return { written: written ?? '', isEnough: isEnough(written) };
  return { written: job.container ?? '', isEnough: isEnoughImage(job.container) };
}

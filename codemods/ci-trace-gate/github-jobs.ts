import type { Repo } from '../../src/contract/index.ts';
import type { LinePlace, Workflow } from '../../src/survey/index.ts';
import { installFolder } from './commands.ts';
import type { Gate } from './gates.ts';
import { runsTests, type TestJob } from './github-seen.ts';
import { type JobSource, jobLines } from './github-steps.ts';
import { freeName, type Site, writeAt, writeLines } from './home.ts';
import { reasons } from './reasons.ts';
import { gateCommand, partsOf, type Tool } from './tool.ts';

const checkout = 'actions/checkout@v6';
const setupNode = 'actions/setup-node@v6';

/** A gate that no job can take, and the job it is written beside. */
export interface Apart {
  readonly gate: Gate;
  readonly beside: TestJob | undefined;
  readonly why: string;
}

/** Jobs of their own at the end of the workflows that test. */
export function newJobSite(apart: readonly Apart[], tool: Tool): readonly Site[] {
  const workflows = [...new Set(apart.flatMap(({ beside }) => beside?.workflow ?? []))];
  return workflows.flatMap((workflow) => {
    const own = apart.filter(({ beside }) => beside?.workflow === workflow);
    const { newJob: place, file } = workflow;
    if (place === undefined) return own.map(({ gate, beside }) => flowTask(gate, file, beside, tool));
    const ids = workflow.jobs.map(({ id }) => id);
    const jobs = own.map(({ gate, beside }) => {
      const id = freeName(`trace-gate${gate.suffix}`, ids);
      ids.push(id);
      return jobBeside(id, gate, beside, place, tool);
    });
    const text = writeAt(place, jobs, place.unit);
    const why = [...new Set(own.map((each) => each.why))].join(' ');
    return [
      { edit: { kind: 'splice', file, start: place.offset, end: place.offset, text, why } },
      ...own.flatMap(({ beside }) => (beside === undefined ? [] : otherSteps(beside))),
    ];
  });
}

function jobBeside(
  id: string,
  gate: Gate,
  beside: TestJob | undefined,
  place: LinePlace & { readonly unit: string },
  tool: Tool,
): readonly string[] {
  const job = beside?.job;
  const written = Object.entries(job?.written ?? {}).filter(([key, lines]) => isCopied(key, lines, job?.container !== undefined));
  const source: JobSource = {
    checkout: usesOf(beside, 'actions/checkout@') ?? checkout,
    setupNode: usesOf(beside, 'actions/setup-node@') ?? setupNode,
    written: written.flatMap(([, lines]) =>
      lines.split(/\r?\n/).map((line) => (line.startsWith(place.indent) ? line.slice(place.indent.length) : line)),
    ),
    hasRunner: written.some(([key]) => key === 'runs-on'),
  };
  const style = { uploads: job?.uploadsFindings ?? false, leavesRoot: (beside?.workflow.defaultFolder ?? '') !== '' };
  return jobLines(id, gate, tool, source, style, padOf(beside, place));
}

/** Neither what depends on the matrix, nor a Windows runner, nor services that are reached from inside a container. */
function isCopied(key: string, lines: string, isInContainer: boolean): boolean {
  if (/\$\{\{[^}]*\bmatrix\b/.test(lines)) return false;
  return key === 'runs-on' ? !/windows/i.test(lines) : !(isInContainer && key === 'services');
}

function usesOf(beside: TestJob | undefined, action: string): string | undefined {
  return beside?.steps.find(({ uses }) => uses?.startsWith(action))?.usesAsWritten;
}

/** A tab when the file indents lists below their key. */
function padOf(beside: TestJob | undefined, place: LinePlace & { readonly unit: string }): string {
  const dash = beside?.steps.flatMap(({ after }) => after?.indent ?? [])[0];
  return dash === undefined || dash.length > place.indent.length + place.unit.length ? '\t' : '';
}

/** What the tests need besides checkout, Node.js and an install may be needed by the program, too. */
function otherSteps({ workflow, steps, job }: TestJob): readonly Site[] {
  const before = steps.slice(0, steps.findIndex(runsTests));
  const other = before.find(
    ({ uses, commands }) =>
      !/^actions\/(?:checkout|setup-node|cache)@/.test(uses ?? '') && !commands.some((command) => installFolder(command) !== undefined),
  );
  const computed = Object.entries(job.written).find(
    ([key, lines]) => key !== 'runs-on' && !isCopied(key, lines, job.container !== undefined),
  );
  return [
    ...(other === undefined
      ? []
      : [{ task: { file: workflow.file, line: other.line, why: reasons.otherStep(job.id), next: reasons.otherStepNext } }]),
    ...(computed === undefined
      ? []
      : [{ task: { file: workflow.file, line: job.line, why: reasons.notCopied(computed[0], job.id), next: reasons.notCopiedNext } }]),
  ];
}

function flowTask(gate: Gate, file: string, beside: TestJob | undefined, tool: Tool): Site {
  const commands = partsOf(gate).map((part) => gateCommand(tool.invocation, part, gate, undefined));
  return { task: { file, line: beside?.job.line ?? 1, why: reasons.flowJobs, next: reasons.pasteSteps(commands) } };
}

/** A workflow of its own, for repositories whose workflows do something else. */
export function newWorkflowSite(gates: readonly Gate[], workflows: readonly Workflow[], repo: Repo, tool: Tool): readonly Site[] {
  if (gates.length === 0) return [];
  const taken = [...repo.files, ...workflows.map(({ file }) => file)].map((file) => file.replace(/\.ya?ml$/, ''));
  const file = `${freeName('.github/workflows/trace-gate', taken)}.yml`;
  const source: JobSource = { checkout, setupNode, written: [], hasRunner: false };
  const jobs = gates.flatMap((gate) =>
    jobLines(`trace-gate${gate.suffix}`, gate, tool, source, { uploads: false, leavesRoot: false }, '\t'),
  );
  const head = ['name: Trace gate', '', 'on:', '\tpush:', '\tpull_request:', '', 'permissions:', '\tcontents: read', '', 'jobs:'];
  return [{ edit: { kind: 'create', file, text: writeLines([...head, ...jobs.map((line) => `\t${line}`)]), why: reasons.noTests } }];
}

import { isMap, type Node } from 'yaml';
import type { Repo } from '../../contract/index.ts';
import { joinPath } from './paths.ts';
import { lineAt, type Reading, startReading } from './reading.ts';
import { keyLines, type LinePlace, linesOf, placeAfterEntries, placeAfterItem, unitBelow } from './yaml-lines.ts';
import {
  readYaml,
  type YamlText,
  yamlAt,
  yamlEntries,
  yamlItems,
  yamlSource,
  yamlStart,
  yamlString,
  yamlStringAt,
  yamlStrings,
} from './yaml-text.ts';

/** One step of a GitHub Actions job. */
export interface WorkflowStep {
  readonly line: number;
  readonly name?: string;
  readonly uses?: string;
  /** The value of `uses` with the comment that follows it, as written. */
  readonly usesAsWritten?: string;
  readonly run?: string;
  /** Repository-relative folder that `run` starts in; undefined when it is computed. */
  readonly folder?: string;
  readonly with: Readonly<Record<string, string>>;
  /** Right after this step; undefined when nothing can be written there, or when other jobs share the list. */
  readonly after?: LinePlace;
}

/** One job of a workflow. */
export interface WorkflowJob {
  readonly id: string;
  readonly line: number;
  /** The workflow it calls instead of having steps. */
  readonly calls?: string;
  readonly runsOn?: string;
  readonly container?: string;
  readonly hasMatrix: boolean;
  /** True when the workflow succeeds although this job fails. */
  readonly mayFail: boolean;
  readonly uploadsFindings: boolean;
  readonly defaultFolder?: string;
  readonly steps: readonly WorkflowStep[];
  /** The lines of a property of the job, as written. */
  readonly written: Readonly<Record<string, string>>;
}

/** One file of `.github/workflows`. */
export interface Workflow {
  readonly file: string;
  readonly events: readonly string[];
  readonly jobs: readonly WorkflowJob[];
  /** Where another job goes; undefined when `jobs` is no block. */
  readonly newJob?: LinePlace & { readonly unit: string };
  readonly defaultFolder?: string;
}

/** A file that holds no readable YAML. */
export interface UnreadYaml {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** Steps of a local composite action, by its folder as `uses` names it. */
export type CompositeSteps = Readonly<Record<string, readonly WorkflowStep[]>>;

export interface Workflows {
  readonly workflows: readonly Workflow[];
  readonly actions: CompositeSteps;
  readonly unread: readonly UnreadYaml[];
}

/** GitHub Actions workflows of a repository, in path order, with the places where steps and jobs can be added. */
export function readWorkflows(repo: Repo): Workflows {
  const reading = startReading(repo);
  const files = repo.files.filter((file) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(file)).sort();
  const workflows = files.flatMap((file) => readYaml(reading, file).slice(0, 1)).map(workflowIn);
  const actions = repo.files.flatMap((file) => {
    const [, folder] = /^(?:(.*)\/)?action\.ya?ml$/.exec(file) ?? [];
    if (folder === undefined) return [];
    return readYaml(reading, file).map((yaml) => [`./${folder}`, stepsIn(yaml, yamlAt(yaml, yaml.document.contents, 'runs'), '')] as const);
  });
  return { workflows, actions: Object.fromEntries(actions), unread: unreadOf(reading) };
}

/** YAML files that a reading could not parse. */
export function unreadOf(reading: Reading): readonly UnreadYaml[] {
  return reading.problems.map(({ detail, evidence }) => ({
    ...evidence,
    why: detail.slice(evidence.file.length + 2).replace(/ at line \d+.*$/, ''),
  }));
}

function workflowIn(yaml: YamlText): Workflow {
  const root = yaml.document.contents;
  const jobs = isMap(root) ? root.get('jobs', true) : undefined;
  const lines = keyLines(yaml, jobs);
  const defaultFolder = folderIn(yaml, root, '');
  const place = placeAfterEntries(yaml, jobs);
  const isGranted = grantsUpload(yaml, yamlAt(yaml, root, 'permissions'));
  return {
    file: yaml.file,
    events: eventsIn(yaml),
    jobs: yamlEntries(yaml, yamlAt(yaml, root, 'jobs')).map(({ key, value }) => ({
      ...jobIn(yaml, key, value, defaultFolder, isGranted),
      line: lines.get(key) ?? 1,
    })),
    ...(place && { newJob: { ...place, unit: unitBelow(yaml, jobs) ?? '  ' } }),
    ...(defaultFolder !== undefined && { defaultFolder }),
  };
}

function eventsIn(yaml: YamlText): readonly string[] {
  const node = yamlAt(yaml, yaml.document.contents, 'on');
  const one = yamlString(node);
  return one === undefined ? [...yamlStrings(yaml, node), ...yamlEntries(yaml, node).map(({ key }) => key)] : [one];
}

const copied = ['runs-on', 'env', 'services', 'permissions'] as const;

function jobIn(yaml: YamlText, id: string, job: unknown, outerFolder: string | undefined, isGranted: boolean): Omit<WorkflowJob, 'line'> {
  const calls = yamlStringAt(yaml, job, 'uses');
  const runsOn = yamlStringAt(yaml, job, 'runs-on') ?? yamlStrings(yaml, yamlAt(yaml, job, 'runs-on'))[0];
  const container = yamlStringAt(yaml, job, 'container') ?? yamlStringAt(yaml, job, 'container', 'image');
  const permissions = yamlAt(yaml, job, 'permissions');
  const defaultFolder = yamlAt(yaml, job, 'defaults', 'run', 'working-directory') ? folderIn(yaml, job, '') : outerFolder;
  return {
    id,
    ...(calls !== undefined && { calls }),
    ...(runsOn !== undefined && { runsOn }),
    ...(container !== undefined && { container }),
    hasMatrix: yamlAt(yaml, job, 'strategy', 'matrix') !== undefined,
    mayFail: !/^(?:false)?$/.test(yamlStringAt(yaml, job, 'continue-on-error') ?? ''),
    uploadsFindings: permissions === undefined ? isGranted : grantsUpload(yaml, permissions),
    ...(defaultFolder !== undefined && { defaultFolder }),
    steps: stepsIn(yaml, job, defaultFolder),
    written: Object.fromEntries(
      copied.flatMap((key): [string, string][] => {
        const lines = linesOf(yaml, job, key);
        return lines === undefined ? [] : [[key, lines]];
      }),
    ),
  };
}

function grantsUpload(yaml: YamlText, permissions: unknown): boolean {
  return yamlStringAt(yaml, permissions) === 'write-all' || yamlStringAt(yaml, permissions, 'security-events') === 'write';
}

function folderIn(yaml: YamlText, node: unknown, outer: string): string | undefined {
  const written = yamlStringAt(yaml, node, 'defaults', 'run', 'working-directory');
  return written === undefined ? outer : plainFolder(written);
}

/** A folder below the root of the repository; undefined for expressions and anything outside. */
function plainFolder(written: string): string | undefined {
  return /\$|^\/|^~|\.\./.test(written) ? undefined : joinPath(written);
}

function stepsIn(yaml: YamlText, job: unknown, defaultFolder: string | undefined): readonly WorkflowStep[] {
  const list = isMap(job) && job.anchor === undefined ? job.get('steps', true) : undefined;
  return yamlItems(yaml, yamlAt(yaml, job, 'steps')).map((step, index): WorkflowStep => {
    const [name, uses, run] = ['name', 'uses', 'run'].map((key) => yamlStringAt(yaml, step, key));
    const own = yamlStringAt(yaml, step, 'working-directory');
    const folder = own === undefined ? defaultFolder : plainFolder(own);
    const after = placeAfterItem(yaml, list, index);
    const inputs = yamlEntries(yaml, yamlAt(yaml, step, 'with'));
    return {
      line: lineAt(yaml.text, yamlStart(step)),
      ...(name !== undefined && { name }),
      ...(uses !== undefined && { uses, usesAsWritten: writtenWithComment(yaml, yamlAt(yaml, step, 'uses')) }),
      ...(run !== undefined && { run }),
      ...(folder !== undefined && { folder }),
      with: Object.fromEntries(inputs.map(({ key, value }) => [key, yamlSource(value) ?? ''])),
      ...(after && { after }),
    };
  });
}

/** A scalar as written, with the comment that follows it: `actions/checkout@8e8c483 # v6.0.1`. */
function writtenWithComment({ text }: YamlText, node: Node | undefined): string {
  const [start, end] = node?.range ?? [0, 0];
  return text.slice(start, end) + (/^[\t ]+#[^\r\n]*/.exec(text.slice(end))?.[0].trimEnd() ?? '');
}

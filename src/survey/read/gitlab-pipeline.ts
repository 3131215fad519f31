import { isMap, isSeq, type Node } from 'yaml';
import type { Repo } from '../../contract/index.ts';
import { startReading } from './reading.ts';
import { type UnreadYaml, unreadOf } from './workflows.ts';
import { keyLines, type LinePlace, placeAfterEntries, placeAfterItem, unitBelow } from './yaml-lines.ts';
import { readYaml, type YamlText, yamlAt, yamlEntries, yamlItems, yamlString } from './yaml-text.ts';

/** One command of a job. */
export interface PipelineCommand {
  readonly text: string;
  /** Right after it; undefined when it comes from somewhere else. */
  readonly after?: LinePlace;
}

/** One job of a GitLab pipeline, with what it takes from `extends`, anchors and `default`. */
export interface PipelineJob {
  readonly id: string;
  readonly line: number;
  readonly image?: string;
  readonly before: readonly string[];
  readonly script: readonly PipelineCommand[];
  readonly isParallel: boolean;
  readonly isManual: boolean;
  /** True when the pipeline succeeds although this job fails. */
  readonly mayFail: boolean;
}

/** A `.gitlab-ci.yml`. */
export interface Pipeline {
  readonly file: string;
  readonly stages?: readonly string[];
  /** True when other files add jobs, stages and defaults to it. */
  readonly includes: boolean;
  readonly jobs: readonly PipelineJob[];
  /** `before_script` of jobs that have none of their own. */
  readonly before: readonly string[];
  /** Where another job goes; undefined when the file is no block. */
  readonly newJob?: LinePlace & { readonly unit: string };
}

const FILE = '.gitlab-ci.yml';
const reserved = /^(?:image|services|stages|types|before_script|after_script|variables|cache|include|default|workflow|spec)$/;

/** The GitLab pipeline of a repository; `unread` when it holds no readable YAML. */
export function readPipeline(repo: Repo): { readonly pipeline?: Pipeline; readonly unread: readonly UnreadYaml[] } {
  if (!repo.files.includes(FILE)) return { unread: [] };
  const reading = startReading(repo);
  const yaml = readYaml(reading, FILE).at(-1);
  return { ...(yaml && { pipeline: pipelineIn(yaml) }), unread: unreadOf(reading) };
}

function pipelineIn(yaml: YamlText): Pipeline {
  const root = yaml.document.contents;
  const place = placeAfterEntries(yaml, root);
  const lines = keyLines(yaml, root);
  const stages = yamlAt(yaml, root, 'stages');
  const entries = yamlEntries(yaml, yamlAt(yaml, root)).filter(({ key }) => !reserved.test(key) && !key.startsWith('.'));
  return {
    file: yaml.file,
    ...(stages && { stages: stringsIn(yaml, stages) }),
    includes: yamlAt(yaml, root, 'include') !== undefined,
    jobs: entries.flatMap(({ key, value }) => (isMap(value) ? [{ ...jobIn(yaml, key, value), line: lines.get(key) ?? 1 }] : [])),
    before: stringsIn(yaml, yamlAt(yaml, root, 'default', 'before_script') ?? yamlAt(yaml, root, 'before_script')),
    ...(place && { newJob: { ...place, unit: unitBelow(yaml, root) ?? '  ' } }),
  };
}

function jobIn(yaml: YamlText, id: string, job: Node): Omit<PipelineJob, 'line'> {
  const root = yaml.document.contents;
  const shared = (key: string): Node | undefined => yamlAt(yaml, root, 'default', key) ?? yamlAt(yaml, root, key);
  const image = propertyOf(yaml, job, 'image') ?? shared('image');
  const written = yamlString(image) ?? yamlString(yamlAt(yaml, image, 'name'));
  const rules = yamlItems(yaml, propertyOf(yaml, job, 'rules'));
  const allowed = propertyOf(yaml, job, 'allow_failure');
  const whens = rules.flatMap((rule) => yamlString(yamlAt(yaml, rule, 'when')) ?? []);
  return {
    id,
    ...(written !== undefined && { image: written }),
    before: stringsIn(yaml, propertyOf(yaml, job, 'before_script') ?? shared('before_script')),
    script: commandsIn(yaml, job),
    isParallel: propertyOf(yaml, job, 'parallel') !== undefined,
    isManual: [yamlString(propertyOf(yaml, job, 'when')), ...whens].some((when) => when === 'manual' || when === 'delayed'),
    mayFail: allowed !== undefined && String(allowed.toJSON()) !== 'false',
  };
}

/** A job's own value, else that of what it merges in (`<<`), else that of what it extends, the last one first. */
function propertyOf(yaml: YamlText, job: unknown, key: string, depth = 0): Node | undefined {
  const own = yamlAt(yaml, job, key);
  if (own !== undefined || depth > 10) return own;
  const merged = yamlAt(yaml, job, '<<');
  const templates = isSeq(merged) ? yamlItems(yaml, merged) : merged === undefined ? [] : [merged];
  const extended = yamlAt(yaml, job, 'extends');
  const names = yamlString(extended) === undefined ? stringsIn(yaml, extended) : [yamlString(extended) ?? ''];
  const parents = names.toReversed().map((name) => yamlAt(yaml, yaml.document.contents, name));
  for (const template of [...templates, ...parents]) {
    const found = propertyOf(yaml, template, key, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function commandsIn(yaml: YamlText, job: Node): readonly PipelineCommand[] {
  const own = isMap(job) && job.anchor === undefined ? job.get('script', true) : undefined;
  const script = propertyOf(yaml, job, 'script');
  if (!isSeq(script)) return stringsIn(yaml, script).map((text) => ({ text }));
  return script.items.flatMap((item, index) => {
    const after = placeAfterItem(yaml, own, index);
    return stringsIn(yaml, yamlAt(yaml, item)).map((text) => ({ text, ...(after && { after }) }));
  });
}

/** Texts of a scalar, a list, or lists in a list. */
function stringsIn(yaml: YamlText, node: Node | undefined): readonly string[] {
  if (isSeq(node)) return yamlItems(yaml, node).flatMap((item) => stringsIn(yaml, item));
  const text = yamlString(node);
  return text === undefined ? [] : [text];
}

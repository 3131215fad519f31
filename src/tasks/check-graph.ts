import { TracewrightError } from '../contract/index.ts';
import { isRecord } from '../contract/record.ts';
import { pathFault } from '../engine/apply/path-rule.ts';
import {
  graphHash,
  identityOf,
  type KnownStep,
  type Propagation,
  pairOf,
  type Step,
  type StepKind,
  shapes,
  type TaskGraph,
} from './graph.ts';
import { orderSteps } from './order-steps.ts';

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): boolean => Array.isArray(value) && value.every(text);
const count = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 1_000_000;
const isKind = (value: unknown): value is StepKind => text(value) && Object.hasOwn(shapes, value);
const stepFields = ['id', 'after', 'propagates', 'kind', 'input', 'repo', 'attempts', 'seconds', 'identity'];

function refuse(why: string): never {
  throw new TracewrightError('TW4002', `graph.json: ${why}`);
}

function fieldsOf(value: unknown, what: string): Fields {
  if (!isRecord(value)) return refuse(`${what} is not a set of keys`);
  return value as Fields;
}

/** A folder below the one where the graph lies, or that one. */
function isFolder(value: unknown): boolean {
  return text(value) && (value === '' || value === '.' || pathFault(value) === undefined);
}

function isPropagation(value: unknown): value is Propagation {
  if (typeof value !== 'object' || value === null) return false;
  const { producer, consumer, ...rest }: Fields = { ...value };
  return text(producer) && text(consumer) && Object.keys(rest).length === 0;
}

function checkInput(kind: StepKind, value: unknown, id: string): void {
  const input = fieldsOf(value, `the input of '${id}'`);
  const shape: Readonly<Record<string, 'text' | 'texts'>> = shapes[kind];
  for (const [field, type] of Object.entries(shape))
    if (!(type === 'text' ? text(input[field]) : texts(input[field]))) refuse(`'${id}' needs ${field} in its input`);
  if (Object.hasOwn(shape, 'folder') && !isFolder(input['folder'])) refuse(`'${id}' has a folder that is none of this repository`);
  const unknown = Object.keys(input).find((field) => !Object.hasOwn(shape, field));
  if (unknown !== undefined) refuse(`'${id}' has ${unknown} in its input, which is not known there`);
}

function checkStep(value: unknown, index: number, repositories: Fields): void {
  const step = fieldsOf(value, `step ${index + 1}`);
  const { id, kind, attempts, seconds } = step;
  if (!text(id) || !/^[a-z0-9][a-z0-9._:-]{0,63}$/i.test(id)) refuse(`step ${index + 1} has no id of at most 64 letters, digits and ._:-`);
  const unknown = Object.keys(step).find((field) => !stepFields.includes(field));
  if (unknown !== undefined) refuse(`'${id}' has ${unknown}, which is not known there`);
  checkPlace(id, step, repositories);
  for (const number of [attempts, seconds]) if (number !== undefined && !count(number)) refuse(`'${id}' has ${String(number)} for a count`);
  if (isKind(kind)) checkInput(kind, step['input'], String(id));
  else refuse(`'${id}' has the unknown kind ${JSON.stringify(kind)}; known are ${Object.keys(shapes).join(', ')}`);
}

/** Where it stands in the graph and which repository it works in; observing needs none. */
function checkPlace(id: string, { kind, after, propagates = [], repo }: Fields, repositories: Fields): void {
  if (!texts(after)) refuse(`'${id}' needs a list \`after\``);
  if (!Array.isArray(propagates) || !propagates.every(isPropagation))
    refuse(`'${id}' needs producer and consumer in each of \`propagates\``);
  if (kind === 'observe' && repo === undefined) return;
  if (!Object.hasOwn(repositories, text(repo) ? repo : '.')) refuse(`'${id}' works in ${String(repo)}, which is none of \`repositories\``);
}

function checkRepositories(value: unknown): Fields {
  const repositories = fieldsOf(value, '`repositories`');
  for (const [folder, each] of Object.entries(repositories)) {
    const { base, branch } = fieldsOf(each, folder);
    if (!isFolder(folder) || !text(base) || !/^[0-9a-f]{40,64}$/.test(base) || !text(branch)) refuse(`${folder} needs a base and a branch`);
  }
  return repositories;
}

/** The value as a graph, as it was written; throws TW4002 for what is none. */
function checkShape(value: unknown): TaskGraph {
  const graph = fieldsOf(value, 'it');
  if (graph['format'] !== 1) refuse(`its format is ${JSON.stringify(graph['format'])}, this version reads 1`);
  if (!text(graph['tool']) || !text(graph['hash'])) refuse('`tool` or `hash` is missing');
  const repositories = checkRepositories(graph['repositories']);
  const { steps } = graph;
  if (!Array.isArray(steps)) return refuse('`steps` is not a list');
  for (const [index, step] of steps.entries()) checkStep(step, index, repositories);
  return value as TaskGraph;
}

/** The steps with what they are known by; refuses circles, unknown names, and one piece of work named twice. */
export function sealGraph(tool: string, repositories: TaskGraph['repositories'], steps: readonly Step[]): TaskGraph {
  const twice = steps.find(({ id }, index) => steps.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) refuse(`two steps are called '${twice.id}'`);
  const known = inOrder(steps).map((step): KnownStep => ({ ...step, identity: identityOf(step, tool, repositories) }));
  const names = new Map<string, string>();
  for (const { id, identity } of known) {
    const other = names.get(identity);
    if (other !== undefined) refuse(`'${other}' and '${id}' are the same work: their kind and input are equal`);
    names.set(identity, id);
  }
  const graph = { format: 1, tool, repositories, steps: known } as const;
  return { ...graph, hash: graphHash(graph) };
}

/** Steps in an order that respects both kinds of edges; each that waits for a pair comes after the steps that look for it. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const observers = (pair: string): readonly string[] =>
    steps.flatMap(({ id, kind, input }) => (kind === 'observe' && input.pairs.includes(pair) ? [id] : []));
  const waits = steps.map((step) => {
    const seen = (step.propagates ?? []).map((edge) => [pairOf(edge), observers(pairOf(edge))] as const);
    const unseen = seen.find(([, ids]) => ids.length === 0);
    if (unseen !== undefined) refuse(`'${step.id}' waits for ${unseen[0]}, which no step of kind observe looks for`);
    return { id: step.id, after: [...step.after, ...seen.flatMap(([, ids]) => ids)], step };
  });
  return orderSteps(waits).map(({ step }) => step);
}

export interface ReadGraph {
  readonly graph: TaskGraph;
  /** What somebody changed since it was written; empty when nothing. */
  readonly edits: readonly string[];
}

/** Reads what lies in graph.json, tells hand-made edits, and knows the steps anew. */
export function readGraphText(content: string): ReadGraph {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new TracewrightError('TW4002', 'graph.json is no whole JSON', { cause });
  }
  const written = checkShape(value);
  const graph = sealGraph(
    written.tool,
    written.repositories,
    written.steps.map(({ identity: _identity, ...step }) => step as Step),
  );
  return { graph, edits: editsOf(written, graph) };
}

function editsOf(written: TaskGraph, graph: TaskGraph): readonly string[] {
  if (written.hash === graph.hash) return [];
  const before = new Map(written.steps.map((step) => [step.id, step.identity]));
  const changed = graph.steps.filter(({ id, identity }) => before.get(id) !== identity).map(({ id }) => `'${id}' is other work now`);
  return changed.length > 0 ? changed : ['its order, names or limits changed'];
}

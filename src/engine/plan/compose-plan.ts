import { notingUnparsable, type Unparsable } from '../../ast/unparsable.ts';
import {
  type Codemod,
  type Draft as CodemodDraft,
  type CodemodMeta,
  type Edit,
  type LibraryAnswer,
  middlewarePackage,
  type Plan,
  type PlannedCodemod,
  type PlanOptions,
  type Problem,
  type Repo,
  type Route,
  type Survey,
  type Task,
  TracewrightError,
} from '../../contract/index.ts';
import { orderCodemods } from '../../registry/order.ts';
import { byCodeUnit, canonicalJson, sha256 } from './canonical.ts';
import { type Draft, startDraft } from './draft.ts';
import type { Change } from './draft-file.ts';
import { type RecordedTree, recordReads } from './record-reads.ts';
import { closeRefused, describeRefused, type Refusals, refuseAll, startRefusals } from './refusals.ts';
import { sourceKind } from './source-file.ts';
import { closeFolders, withoutTraced } from './traced.ts';
import type { Tree } from './tree.ts';
import { sortPlanned } from './validate-edits.ts';

/** What a plan is made with besides the tree. */
export interface Workbench {
  readonly codemods: readonly Codemod[];
  readonly version: string;
  /** What the survey looks for in sources, so that each is read once. */
  readonly mentions?: readonly string[];
  /** It begins a service: there need be no package yet, and facts are read from what it writes. */
  readonly founds?: true;
  takeSurvey(repo: Repo): Survey;
  asset(name: string): Uint8Array;
}

/** A plan and the bytes it stands for. */
export interface Composition {
  readonly plan: Plan;
  readonly survey: Survey;
  readonly changes: readonly Change[];
}

/**
 *   tree -> survey -> codemods in order, each on the draft of those before -> changes -> plan
 *
 * Pure: the same tree, options and workbench give the same bytes.
 */
export function composePlan(tree: Tree, options: PlanOptions, workbench: Workbench): Composition {
  const noted = new Map<string, Unparsable[]>();
  return notingUnparsable(noted, () => composeNoting(noted, tree, options, workbench));
}

function composeNoting(
  noted: ReadonlyMap<string, readonly Unparsable[]>,
  tree: Tree,
  options: PlanOptions,
  workbench: Workbench,
): Composition {
  const recorded = recordReads(tree);
  const { survey, problems, closed } = withoutTraced(workbench.takeSurvey(recorded));
  const draft = startDraft(closeFolders(recorded, closed), workbench.asset);
  const scene: Scene = { tree: recorded, draft, refusals: startRefusals(survey), routes: [], libraries: [] };
  const codemods = chooseCodemods(workbench.codemods, options).map((codemod) => planOne(codemod, scene));
  refuseNothing(codemods);
  refuseLeftOut(codemods, workbench.codemods, scene);
  const changes = draft.changes();
  const body = {
    tool: { name: 'tracewright', version: workbench.version },
    options: sortOptions(options),
    codemods,
    files: changes.map(({ file, before, after }) => ({ file, before: before && sha256(before), after: after && sha256(after) })),
    routes: sortUnique(scene.routes),
    libraries: sortUnique(scene.libraries),
    problems: sortUnique([
      ...survey.problems,
      ...problems,
      ...scene.refusals.problems,
      ...unparsable(recorded, noted),
      ...ignored(tree, changes),
      ...tree.problems(),
    ]),
    inputs: recorded.inputs(),
  } as const;
  const facts = workbench.founds === true ? workbench.takeSurvey(draft.repo) : survey;
  return { plan: { ...body, hash: sha256(canonicalJson(body)) }, survey: facts, changes };
}

/** Codemods by the options, in the order they are planned. */
function chooseCodemods(codemods: readonly Codemod[], { only, skip, with: also = [] }: PlanOptions): readonly Codemod[] {
  const known = new Set(codemods.map(({ meta }) => meta.id));
  const unknown = [...only, ...also, ...skip].filter((id) => !known.has(id));
  if (unknown.length > 0) throw new TracewrightError('TW2011', [...new Set(unknown)].sort().join(', '));
  const isChosen = ({ id, optIn }: CodemodMeta): boolean => also.includes(id) || (only.length === 0 ? optIn !== true : only.includes(id));
  return orderCodemods(codemods).filter(({ meta }) => isChosen(meta) && !skip.includes(meta.id));
}

/** The same choice gives the same bytes, whatever order it was made in. */
function sortOptions({ only, skip, with: also = [], scaffold, add }: PlanOptions): PlanOptions {
  return {
    only: [...only].sort(),
    skip: [...skip].sort(),
    ...(also.length > 0 && { with: [...also].sort() }),
    ...(scaffold !== undefined && { scaffold }),
    ...(add !== undefined && { add }),
  };
}

/** What the codemods of one plan share. */
interface Scene {
  readonly tree: Tree;
  readonly draft: Draft;
  readonly refusals: Refusals;
  readonly routes: Route[];
  readonly libraries: LibraryAnswer[];
}

/** Routes and libraries that a codemod has told. */
function note({ routes, libraries }: Scene, said: Pick<CodemodDraft, 'routes' | 'libraries'>): void {
  routes.push(...(said.routes ?? []));
  libraries.push(...(said.libraries ?? []));
}

function planOne(codemod: Codemod, scene: Scene): PlannedCodemod {
  const { tree, draft, refusals } = scene;
  const { id, kind } = codemod.meta;
  try {
    const { repo, survey } = closeRefused(draft.repo, refusals);
    const detection = codemod.detect(repo, survey);
    if (detection.status === 'unsupported' && kind === 'bootstrap') throw refuseAll(detection, survey, tree);
    refusals.refused.push(...(detection.refused ?? []));
    note(scene, detection);
    if (detection.status !== 'applies') {
      refusals.problems.push(...describeRefused(detection.refused ?? []));
      if (detection.status === 'unsupported') return { id, status: 'unsupported', why: detection.why, next: detection.next };
      return { id, status: 'satisfied', why: detection.why };
    }
    const planned = codemod.plan(detection.sites, repo, survey);
    draft.add(id, planned.edits);
    note(scene, planned);
    return {
      id,
      status: 'applies',
      edits: sortPlanned(planned.edits),
      tasks: sortUnique(planned.tasks, placeOf),
      expects: codemod.expects,
    };
  } catch (error) {
    if (error instanceof TracewrightError) throw error;
    throw new TracewrightError('TW9001', `codemod ${id}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function refuseNothing(codemods: readonly PlannedCodemod[]): void {
  const refusals = codemods.flatMap((one) => (one.status === 'unsupported' ? [`${one.id}: ${one.why}`] : []));
  if (refusals.length === codemods.length) throw new TracewrightError('TW2002', refusals.join('; ') || 'every codemod was left out');
}

/** The middleware comes with the bootstrap; code that loads it fails without. */
function loadsMiddleware(edit: Edit): boolean {
  return edit.kind !== 'manifest' && 'text' in edit && edit.text.includes(middlewarePackage);
}

/** Half of a migration would import what nothing brings. */
function refuseLeftOut(planned: readonly PlannedCodemod[], known: readonly Codemod[], { draft, refusals }: Scene): void {
  const ids = planned.map(({ id }) => id);
  for (const one of planned) {
    if (one.status !== 'applies' || one.edits.length === 0) continue;
    if (!one.edits.some(loadsMiddleware)) continue;
    for (const needed of known.filter(({ meta }) => meta.kind === 'bootstrap' && !ids.includes(meta.id))) {
      const { repo, survey } = closeRefused(draft.repo, refusals);
      const detection = needed.detect(repo, survey);
      const isDone = detection.status === 'applies' && needed.plan(detection.sites, repo, survey).edits.length === 0;
      if (isDone || detection.status === 'satisfied') continue;
      throw new TracewrightError('TW2024', `${one.id} writes what cannot run without ${needed.meta.id}`, {
        next: `Add it to the choice (\`--only ${needed.meta.id},${one.id}\`), or apply it first.`,
      });
    }
  }
}

/** Only what somebody wanted to see the tree of: to parse the rest for this alone would take a quarter of the time. */
function unparsable(recorded: RecordedTree, noted: ReadonlyMap<string, readonly Unparsable[]>): readonly Problem[] {
  return [...noted].flatMap(([file, failures]) => {
    if (!recorded.hasSeen(file) || sourceKind(file) !== 'source') return [];
    // A text that a codemod made is not the file's.
    const failure = failures.find(({ text }) => text === recorded.read(file));
    if (failure === undefined) return [];
    return [{ code: 'TW2017', detail: `${file}: ${failure.message}`, evidence: { file, line: failure.line } }];
  });
}

function ignored(tree: Tree, changes: readonly Change[]): readonly Problem[] {
  const texts = new Map(
    changes.flatMap(({ file, after }) => (isGitignore(file) && after ? [[file, Buffer.from(after).toString('utf8')]] : [])),
  );
  return changes.flatMap(({ file, before }) => {
    const rule = before === null ? tree.ignoredBy(file, texts) : undefined;
    return rule === undefined ? [] : [{ code: 'TW2021', detail: `${file}, by ${rule}`, evidence: { file: rule, line: 1 } }];
  });
}

function isGitignore(file: string): boolean {
  return file === '.gitignore' || file.endsWith('/.gitignore');
}

/** Each once, in the order of a key and then of their JSON. */
function sortUnique<T>(items: readonly T[], keyOf: (item: T) => string = () => ''): readonly T[] {
  const byJson = new Map(items.map((item) => [`${keyOf(item)}\0${canonicalJson(item)}`, item]));
  return [...byJson].sort(([a], [b]) => byCodeUnit(a, b)).map(([, item]) => item);
}

function placeOf({ file, line }: Task): string {
  return `${file}\0${String(line).padStart(9, '0')}`;
}

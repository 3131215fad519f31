import type { Repo, Survey } from '../../src/contract/index.ts';
import { readPipeline, readWorkflows } from '../../src/survey/index.ts';
import { joinPath } from '../kit/index.ts';
import { type Gate, gatesOf } from './gates.ts';
import { githubHome } from './github.ts';
import { gitlabHome } from './gitlab.ts';
import type { FoundPart, Home, Site } from './home.ts';
import { otherSystems, scriptFile, scriptHome, uncalled } from './other-ci.ts';
import { reasons } from './reasons.ts';
import { gateCommand, partsOf, type Tool, toolOf, version } from './tool.ts';

/** What CI lacks; undefined when nothing is traced here. */
export function findSites(repo: Repo, survey: Survey): readonly Site[] | undefined {
  const gates = gatesOf(repo, survey);
  if (gates.length === 0) return undefined;
  const tool = toolOf(survey);
  const github = readWorkflows(repo);
  const gitlab = readPipeline(repo);
  const unread = [...github.unread, ...gitlab.unread];
  const known = [githubHome(github, repo, tool), gitlab.pipeline && gitlabHome(gitlab.pipeline, repo, tool)].filter(
    (home) => home !== undefined,
  );
  const script = scriptHome(repo, tool);
  const all = [...known, script];
  const untouched = gates.filter((gate) => partsFor(gate, all).length === 0);
  const added = homesFor(known, script, repo, unread.length > 0).flatMap((home) => home.add(untouched));
  return [
    ...added,
    ...(untouched.length > 0
      ? unread.map(({ file, line, why }) => ({ task: { file, line, why: reasons.unread(why), next: reasons.unreadNext } }))
      : []),
    ...(untouched.length === 0 && script.found.some(({ file }) => file === scriptFile) ? uncalled(repo) : []),
    ...gates.flatMap((gate) => all.flatMap((home) => complete(gate, partsFor(gate, [home])))),
    ...gates.filter(({ isRecorded }) => !isRecorded).map((gate) => recordTask(gate, repo)),
    ...(added.length === 0 || tool.isDeclared ? [] : [declareTask(tool, repo)]),
  ];
}

/** Where a gate is written: wherever the tests run, else in the one system that is there, else in a script. */
function homesFor(known: readonly Home[], script: Home, repo: Repo, isUnread: boolean): readonly Home[] {
  const testing = known.filter(({ runsTests }) => runsTests);
  if (testing.length > 0) return testing;
  if (otherSystems(repo).length > 0) return [script];
  if (known.length > 0) return known.slice(0, 1);
  return isUnread ? [] : [script];
}

function partsFor(gate: Gate, homes: readonly Home[]): readonly FoundPart[] {
  return homes.flatMap(({ found }) => found.filter(({ folder }) => folder === undefined || folder === gate.folder));
}

/** The part that a system runs without the other one, with the other one after it. */
function complete(gate: Gate, found: readonly FoundPart[]): readonly Site[] {
  const [first] = found;
  const missing = partsOf(gate).find((part) => !found.some(({ kind }) => kind === part));
  if (first === undefined || missing === undefined) return [];
  const why = missing === 'verify' ? reasons.verifyToo : reasons.checkToo;
  for (const part of found) {
    const site = part.addAfter(gateCommand(part.invocation, missing, gate, undefined), why);
    if (site !== undefined) return [site];
  }
  const { file, line, invocation } = first;
  const next = reasons.byHandNext(gateCommand(invocation, missing, gate, undefined));
  return [{ task: { file, line, why: reasons.byHand(missing), next } }];
}

function recordTask({ folder }: Gate, repo: Repo): Site {
  const scenarios = joinPath(folder, 'tracewright.yaml');
  const file = repo.files.includes(scenarios) ? scenarios : joinPath(folder, 'package.json');
  return { task: { file, line: 1, why: reasons.record, next: reasons.recordNext(folder === '' ? '.' : folder) } };
}

function declareTask(tool: Tool, repo: Repo): Site {
  const manifests = repo.files.filter((each) => each.endsWith('/package.json')).sort();
  const file = repo.files.includes('package.json') ? 'package.json' : (manifests[0] ?? '');
  return { task: { file, line: 1, why: reasons.undeclared(tool.invocation), next: reasons.undeclaredNext(version) } };
}

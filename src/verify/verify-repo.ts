import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SpanSite, Survey } from '../contract/index.ts';
import type { OpenTask } from '../engine/apply/dismissed.ts';
import { leftTasks } from '../engine/plan/left-tasks.ts';
import { readAsset, toolVersion } from '../engine/plan/toolkit.ts';
import { scoreServices } from '../score/index.ts';
import { takeSurvey } from '../survey/index.ts';
import { checkApart } from './judge/check-apart.ts';
import { checkReached, type Programs } from './judge/check-reached.ts';
import { checkTraces } from './judge/check-traces.ts';
import {
  checkAnswers,
  checkBehaviour,
  checkExits,
  checkExpectations,
  checkGolden,
  checkLoadedFirst,
  checkNames,
  checkOrphans,
  checkReceived,
} from './judge/checks.ts';
import { compareRuns } from './judge/compare-runs.ts';
import { type Evidence, gatherEvidence } from './judge/gather-evidence.ts';
import { leftCalls, leftNames, leftRoutes, leftSpans, leftToDo, productionPrograms, spansOf } from './judge/left-sites.ts';
import type { Expectation, GoldenReport, LeftSite, VerifyOptions, VerifyReport } from './judge/report.ts';
import { verdictOf } from './judge/verdict.ts';
import { nodeNotes } from './run/node-notes.ts';
import { runScenarios } from './run/run-scenarios.ts';
import { checkOut } from './setup/checkout.ts';
import { completeSetup } from './setup/derive-setup.ts';
import { compareWithFile, toGolden } from './setup/golden-files.ts';
import { buildServices } from './setup/prepare.ts';
import type { Applied } from './setup/read-applied.ts';
import type { TreeFacts } from './setup/read-tree.ts';

/** Drives the same scenario on another version, untraced, and says where it behaves differently. */
async function compareWith(
  ref: string,
  evidence: Evidence,
  options: VerifyOptions,
): Promise<NonNullable<VerifyReport['against']> & { notes: readonly string[] }> {
  const { root, setup, run, runOptions } = evidence;
  runOptions.onProgress(`Running ${ref} for comparison`);
  const checkout = await checkOut(root, ref);
  try {
    // What was built already for this tree is still missing in that one.
    const { services } = completeSetup(checkout.root, setup, evidence.tree.survey);
    if (options.build !== false) await buildServices(checkout.root, services, runOptions);
    const before = await runScenarios({ ...runOptions, root: checkout.root });
    const roots = [checkout.root, root];
    const compared = { roots, scenarios: setup.scenarios, created: evidence.applied.created };
    let differences = compareRuns(before, run, compared);
    if (differences.length > 0) {
      runOptions.onProgress(`Running ${ref} again, to see what differs by itself`);
      differences = compareRuns(before, run, compared, await runScenarios({ ...runOptions, root: checkout.root }));
    }
    const isMigrated = evidence.applied.codemods.length > 0 && existsSync(join(checkout.root, '.tracewright', 'receipt.json'));
    const same = isMigrated ? [`${ref} is migrated already, so the migration was compared with itself: name a commit before it.`] : [];
    return { ref, differences, notes: [...checkout.notes.map((note) => `${ref}: ${note}`), ...same] };
  } catch (error) {
    throw evidence.masker.error(error);
  } finally {
    checkout.remove();
  }
}

/** Span promises of applied codemods that still ship; the registry loads parsers, so it is read only when something was applied. */
export async function promised(applied: Applied): Promise<Expectation[]> {
  if (applied.codemods.length === 0) return [];
  const { listCodemods } = await import('../registry/index.ts');
  return listCodemods()
    .filter(({ meta }) => applied.codemods.includes(meta.id))
    .map(({ meta, expects }) => ({ codemod: meta.id, expects }));
}

/** What the program does that makes spans, by the codemods. */
function spanSitesOf({ codemods, repo, survey }: TreeFacts): SpanSite[] {
  return codemods.flatMap((codemod) => codemod.spanSites?.(repo, survey) ?? []);
}

/** Judges the evidence. */
export async function reportOn(
  evidence: Evidence,
  golden: readonly GoldenReport[],
  options: VerifyOptions,
  against?: NonNullable<VerifyReport['against']> & { notes: readonly string[] },
): Promise<VerifyReport> {
  const { setup, applied, run, receiver, heard, masker } = evidence;
  const { traces, requests, otherTraces } = evidence.shown;
  const { survey } = evidence.tree;
  const spans = spansOf(traces);
  const routes = options.routes ?? evidence.tree.routes;
  const expectations = options.expectations ?? (await promised(applied));
  const programs = programsOf(evidence, survey);
  const left: readonly LeftSite[] = [
    ...programs.left,
    ...leftRoutes(routes, spans),
    ...leftCalls(spanSitesOf(evidence.tree), spans),
    ...leftSpans(expectations, spans),
    ...leftNames(spans),
    ...leftToDo(leftOf(evidence)),
  ];
  const checks = [
    checkAnswers(run.exchanges),
    checkReached(run.exchanges, traces, { routes, programs, origin: setup.origin }),
    checkLoadedFirst(
      heard.logs,
      setup.services.map(({ name }) => name),
      heard.spans.length,
      applied.codemods.length > 0,
    ),
    checkExpectations(expectations, traces, run.exchanges, setup.origin),
    checkTraces(requests, otherTraces),
    checkApart(evidence.mixed, run.exchanges, run.beside),
    checkOrphans(traces),
    checkNames(traces, routes, run.exchanges),
    checkExits(run.services),
    checkBehaviour(against),
    checkGolden(golden, isFrozen(options)),
    checkReceived(receiver),
  ];
  const report = {
    ok: checks.every(({ status }) => status !== 'fail'),
    verdict: verdictOf(checks, left, heard.spans.length),
    setup: setup.origin,
    notes: [...setup.notes, ...run.notes, ...nodeNotes(survey, setup.services, run.services), ...(against?.notes ?? [])],
    checks,
    services: run.services.map(({ name, port, exit }) => ({
      name,
      command: setup.services.find((service) => service.name === name)?.command ?? '',
      ...(port === undefined ? {} : { port }),
      exit,
    })),
    golden,
    ...(against ? { against: { ref: against.ref, differences: against.differences } } : {}),
    // What sent no span has nothing to be scored.
    scores: heard.spans.length === 0 ? [] : scoreServices(heard.spans, heard.logs, new Set(run.exchanges.map(({ callerId }) => callerId))),
    spans: heard.spans.length,
    logs: heard.logs.length,
    drops: receiver.drops,
  };
  return { ...masker.deep(report), requests, otherTraces };
}

/** Planning costs time, so it is done only where something was left. */
function leftOf({ root, applied, tree }: Evidence): readonly OpenTask[] {
  const workbench = { codemods: tree.codemods, version: toolVersion(), takeSurvey, asset: readAsset };
  return applied.tasks.length === 0 ? [] : leftTasks(root, undefined, () => workbench);
}

/** A repository that was not migrated may start its programs in ways of its own. */
function programsOf({ root, applied, run }: Evidence, survey: Survey): Programs {
  const { all, left } = productionPrograms(root, survey, run.services);
  return applied.codemods.length === 0 ? { all: 0, left: [] } : { all, left };
}

export function isFrozen(options: VerifyOptions): boolean {
  return options.frozen ?? (options.env ?? process.env)['CI'] === 'true';
}

/**
 * Runs a repository for real and judges the spans it sent.
 *
 *   setup -> build -> start -> requests -> SIGTERM -> spans -> checks
 *
 * Installs nothing and changes nothing but build output. Everything it starts is ended, also on error and abort.
 */
export async function verifyRepo(root: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const evidence = await gatherEvidence(root, options);
  const { setup } = evidence;
  const { requests, otherTraces } = evidence.told;
  const golden = setup.scenarios.map(({ name }) =>
    compareWithFile(evidence.root, toGolden(name, requests, setup.attributes), otherTraces, setup.attributes),
  );
  const against = options.against === undefined ? undefined : await compareWith(options.against, evidence, options);
  return reportOn(evidence, golden, options, against);
}

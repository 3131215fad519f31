import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, type Receipt, TracewrightError } from '../contract/index.ts';
import { brokenEntries, openRepo, readReceipt } from '../engine/index.ts';
import { listCodemods } from '../registry/index.ts';
import { takeSurvey } from '../survey/index.ts';
import { findApiCopies } from './api-copies.ts';
import { findDrift } from './drift.ts';
import { type CheckReport, type Finding, finding } from './finding.ts';
import { findFreehand, freehandNeedles } from './freehand.ts';
import { findOutdated } from './outdated.ts';
import { readAllowed } from './read-allowed.ts';
import type { Scene } from './scene.ts';
import { unaskedOf } from './unasked.ts';
import { findUnmet } from './unmet.ts';
import { findVersions } from './versions.ts';

/**
 * Whether a repository still is as its migration left it. Starts nothing and writes nothing.
 *
 *   receipt -> codemods asked again, files compared, freehand code, copies, versions, lock -> findings
 */
export function checkRepo(folder: string): CheckReport {
  const scene = openScene(folder);
  const { receipt } = scene;
  refuseBroken(scene);
  const codemods = [...new Set((receipt?.applied ?? []).flatMap((applied) => applied.codemods))].sort();
  if (receipt === undefined && !isOurs(scene) && interruptedIn(scene).length === 0)
    return { status: 'not-migrated', codemods, findings: [notMigrated(scene)], unasked: [] };
  const lost = lostIn(receipt, codemods);
  const unmet = findUnmet(scene, codemods.length > 0 ? askedOf(receipt, codemods) : defaultCodemods());
  const drift = findDrift(scene, unmet);
  const outdated = findOutdated(scene);
  const versions = findVersions(scene);
  const isSaid = ({ code, file, level }: Finding): boolean =>
    (outdated.length > 0 && level === 'error') || (code === 'TW2102' && [...drift, ...versions].some((each) => each.file === file));
  const findings = [
    ...interruptedIn(scene),
    ...lost,
    ...editedIn(scene),
    ...outdated,
    ...drift,
    ...unmet.filter((each) => !isSaid(each)),
    ...findFreehand(scene),
    ...findApiCopies(scene),
    // An upgrade sets all versions.
    ...versions.filter(({ code }) => code !== 'TW2121' || outdated.length === 0),
  ];
  const isBad = findings.some(({ level }) => level === 'error');
  return { status: isBad ? 'faults' : 'ok', codemods, findings: sortFindings(findings), unasked: unaskedOf({ scene, codemods, unmet }) };
}

/** What a package.json that is no JSON says is unknown, so no other finding could be believed. One that was never migrated is not asked. */
function refuseBroken({ survey, receipt }: Scene): void {
  const isNeeded = (file: string): boolean =>
    file === 'package.json' || survey.packages.length === 0 || receipt?.files.some((each) => each.file === file) === true;
  const broken = survey.problems.find(({ code, evidence }) => code === 'TW1003' && isNeeded(evidence.file));
  if (broken !== undefined) throw new TracewrightError('TW1003', broken.detail);
}

/** Half of an apply; whatever else is found may come from that. */
function interruptedIn({ root }: Scene): readonly Finding[] {
  const file = '.tracewright/journal.json';
  if (!existsSync(join(root, file))) return [];
  return [finding('TW2006', file, 1, 'An apply was interrupted: some files are changed and some are not.')];
}

/** What the receipt no longer says; an apply always writes both. */
function lostIn(receipt: Receipt | undefined, codemods: readonly string[]): readonly Finding[] {
  const say = (why: string): readonly Finding[] => [finding('TW2101', '.tracewright/receipt.json', 1, why)];
  if (receipt === undefined) return say('Tracing is here, and its receipt is not.');
  if (codemods.length === 0) return say('The receipt names no codemod.');
  return receipt.files.length === 0 ? say('The receipt lists no file, so nothing can be compared with it.') : [];
}

/** What apply wrote of a file and what the receipt says of it always go together, also when the file was edited since. */
function editedIn({ root }: Scene): readonly Finding[] {
  return brokenEntries(root).map((file) =>
    finding(
      'TW2109',
      '.tracewright/receipt.json',
      1,
      `What it says of ${file} does not give the old file, or not from the file that is there.`,
    ),
  );
}

function openScene(folder: string): Scene {
  const tree = openRepo(folder, [...freehandNeedles, ...listCodemods().flatMap(({ meta }) => meta.mentions)]);
  if (!tree.files.some((file) => file === 'package.json' || file.endsWith('/package.json'))) throw new TracewrightError('TW1002', folder);
  const root = realpathSync(folder);
  return { root, tree, survey: takeSurvey(tree), receipt: readReceipt(root), allowed: readAllowed(tree.read('tracewright.yaml')) };
}

function isOurs({ survey }: Scene): boolean {
  return survey.telemetry.some(({ vendor }) => vendor === 'tracewright');
}

/** A bootstrap that nothing loads is none: what loads it is asked, too, whether a receipt still names it or not. */
function askedOf(receipt: Receipt | undefined, codemods: readonly string[]): readonly string[] {
  const isChosen = receipt?.applied.some(({ options }) => options.only.length > 0 || options.scaffold !== undefined) ?? false;
  if (isChosen || !codemods.some((id) => kindOf(id) === 'bootstrap')) return codemods;
  const skipped = receipt?.applied.flatMap(({ options }) => options.skip) ?? [];
  const loads = defaultCodemods().filter((id) => kindOf(id) === 'launch' && !skipped.includes(id));
  return [...new Set([...codemods, ...loads])];
}

function kindOf(id: string): string | undefined {
  return listCodemods().find(({ meta }) => meta.id === id)?.meta.kind;
}

function defaultCodemods(): readonly string[] {
  return listCodemods()
    .filter(({ meta }) => meta.optIn !== true)
    .map(({ meta }) => meta.id);
}

function notMigrated({ survey, tree }: Scene): Finding {
  const other = survey.telemetry.find(({ state }) => state === 'started');
  if (other !== undefined) {
    const { vendor, evidence } = other;
    return finding('TW2100', evidence.file, evidence.line, `There is no receipt; ${vendor} is started here, not by Tracewright.`);
  }
  const manifest = tree.files.find((file) => file === 'package.json' || file.endsWith('/package.json')) ?? 'package.json';
  return finding('TW2100', manifest, 1, `There is no receipt, and nothing here loads tracing.`, catalogue.TW2100.next);
}

function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ level, file, line, code }: Finding): string => [level, file, String(line).padStart(9, '0'), code].join('\0');
  return findings.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

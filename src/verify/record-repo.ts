import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { TracewrightError } from '../contract/index.ts';
import type { Golden } from '../trace/index.ts';
import { checkGolden } from './judge/checks.ts';
import { type Evidence, gatherEvidence } from './judge/gather-evidence.ts';
import { differsAgain, notRecorded, unsteadyGolden } from './judge/record-again.ts';
import type { Check, GoldenReport, VerifyOptions, VerifyReport } from './judge/report.ts';
import type { ServiceRun } from './run/run-scenarios.ts';
import { compareWithFile, goldenFile, toGolden, writeGoldenFile } from './setup/golden-files.ts';
import type { Setup } from './setup/setup.ts';
import { writeSetup } from './setup/write-setup.ts';
import { isFrozen, reportOn } from './verify-repo.ts';

/** A first tracewright.yaml: what was derived, for a person to extend. Ports of several services are fixed, as they know each other by them. */
function starterFile(setup: Setup, services: readonly ServiceRun[]): string {
  const several = setup.services.length > 1;
  const file = {
    version: 1,
    services: setup.services.map(({ name, dir, command, build }) => {
      const port = services.find((service) => service.name === name)?.port;
      return { name, ...(dir === '' ? {} : { dir }), command, ...(build ? { build } : {}), ...(several && port ? { port } : {}) };
    }),
    scenarios: setup.scenarios.map(({ name, parallel, requests }) => ({
      name,
      ...(parallel === true ? { parallel } : {}),
      requests: requests.map(({ service, method, path }) => (several ? { service, method, path } : `${method} ${path}`)),
    })),
  };
  return stringify(file);
}

export interface RecordReport extends VerifyReport {
  /** Repository-relative files that were written or changed. */
  readonly written: readonly string[];
}

/** A golden file that cannot be read is a fault where it may not be written, and missing where it may. */
function compareOrReplace({ root, told, setup }: Evidence, golden: Golden, frozen: boolean): GoldenReport {
  try {
    return compareWithFile(root, golden, told.otherTraces, setup.attributes);
  } catch (error) {
    if (frozen || !(error instanceof TracewrightError && error.code === 'TW3050')) throw error;
    return { scenario: golden.scenario, file: goldenFile(golden.scenario), status: 'missing', differences: [] };
  }
}

/** Writes the starter file and the schema its first line names; returns what was written. */
function writeStarter(root: string, setup: Setup, services: readonly ServiceRun[]): string[] {
  if (lstatSync(join(root, 'tracewright.yaml'), { throwIfNoEntry: false }) !== undefined) return [];
  return writeSetup(root, starterFile(setup, services));
}

/**
 * Runs a repository like `verifyRepo` and keeps its spans as golden traces, and a starter tracewright.yaml when there is none.
 * With `update` it writes golden traces only. Frozen (or CI=true) it refuses to create (TW3007) or change (TW3008) one. A run that was not answered or lost spans is not recorded.
 */
export async function recordRepo(root: string, options: VerifyOptions = {}): Promise<RecordReport> {
  const evidence = await gatherEvidence(root, options);
  const { setup, run, told, masker } = evidence;
  const goldens = setup.scenarios.map(({ name }) => toGolden(name, told.requests, setup.attributes));
  const compared = goldens.map((golden) => compareOrReplace(evidence, golden, isFrozen(options)));
  const departing = compared.find(({ status }) => status !== 'equal');
  if (isFrozen(options) && departing)
    throw new TracewrightError(departing.status === 'missing' ? 'TW3007' : 'TW3008', goldenFile(departing.scenario));
  const settled = compared.map((golden): GoldenReport => ({ ...golden, status: 'equal', differences: [] }));
  const judged = await reportOn(evidence, settled, options);
  const withGolden = (check: Check): Check[] => judged.checks.map((each) => (each.id === 'golden-trace' ? check : each));
  if (!judged.ok) return { ...judged, checks: withGolden(notRecorded()), golden: masker.deep(compared), written: [] };
  const others = departing === undefined ? [] : masker.deep(await differsAgain(root, options, evidence, goldens));
  const written = goldens.filter((golden) => writeGoldenFile(evidence.root, golden, masker)).map(({ scenario }) => goldenFile(scenario));
  if (!isFrozen(options) && !options.update) written.push(...writeStarter(evidence.root, setup, run.services));
  const golden = settled.map((each): GoldenReport => ({ ...each, status: written.includes(each.file) ? 'written' : 'equal' }));
  const files = written.filter((file) => golden.some((each) => each.file === file)).join(', ');
  const checks = withGolden(others.length > 0 ? unsteadyGolden(files, others) : checkGolden(golden, isFrozen(options)));
  return { ...judged, checks, golden: masker.deep(golden), written };
}

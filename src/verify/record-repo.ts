import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { TracewrightError } from '../contract/index.ts';
import { compareWithFile, goldenFile, toGolden, writeGoldenFile } from './golden-files.ts';
import type { GoldenReport, VerifyOptions, VerifyReport } from './report.ts';
import type { ServiceRun } from './run-scenarios.ts';
import type { Setup } from './setup.ts';
import { gatherEvidence, isFrozen, reportOn } from './verify-repo.ts';

/** A first tracewright.yaml: what was derived, for a person to extend. Ports of several services are fixed, as they know each other by them. */
function starterFile(setup: Setup, services: readonly ServiceRun[]): string {
  const several = setup.services.length > 1;
  const file = {
    version: 1,
    services: setup.services.map(({ name, dir, command, build }) => {
      const port = services.find((service) => service.name === name)?.port;
      return { name, ...(dir === '' ? {} : { dir }), command, ...(build ? { build } : {}), ...(several && port ? { port } : {}) };
    }),
    scenarios: setup.scenarios.map(({ name, requests }) => ({
      name,
      requests: requests.map(({ service, method, path }) => (several ? { service, method, path } : `${method} ${path}`)),
    })),
  };
  return stringify(file);
}

export interface RecordReport extends VerifyReport {
  /** Repository-relative files that were written or changed. */
  readonly written: readonly string[];
}

/**
 * Runs a repository like `verifyRepo` and keeps its spans as golden traces, and a starter tracewright.yaml when there is none.
 * Frozen (or CI=true) it refuses to create (TW3007) or change (TW3008) one. A run that was not answered or lost spans is not recorded.
 */
export async function recordRepo(root: string, options: VerifyOptions = {}): Promise<RecordReport> {
  const evidence = await gatherEvidence(root, options);
  const { setup, requests, otherTraces, run } = evidence;
  const goldens = setup.scenarios.map(({ name }) => toGolden(name, requests, setup.attributes));
  const compared = goldens.map((golden) => compareWithFile(evidence.root, golden, otherTraces, setup.attributes));
  const departing = compared.find(({ status }) => status !== 'equal');
  if (isFrozen(options) && departing)
    throw new TracewrightError(departing.status === 'missing' ? 'TW3007' : 'TW3008', goldenFile(departing.scenario));
  const settled = compared.map((golden): GoldenReport => ({ ...golden, status: 'equal', differences: [] }));
  const judged = await reportOn(evidence, settled, options);
  if (!judged.ok) return { ...judged, golden: compared, written: [] };
  const written = goldens.filter((golden) => writeGoldenFile(evidence.root, golden)).map(({ scenario }) => goldenFile(scenario));
  const file = join(evidence.root, 'tracewright.yaml');
  if (!existsSync(file) && !isFrozen(options)) {
    writeFileSync(file, starterFile(setup, run.services));
    written.push('tracewright.yaml');
  }
  const golden = settled.map((each): GoldenReport => ({ ...each, status: written.includes(each.file) ? 'written' : 'equal' }));
  return { ...judged, golden, written };
}

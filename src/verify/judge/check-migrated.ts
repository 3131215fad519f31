import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TracewrightError } from '../../contract/index.ts';
import { openRepo } from '../../engine/plan/open-repo.ts';
import { takeSurvey } from '../../survey/index.ts';

/** Nothing is started where nothing can send a span. Throws TW1003 for a broken package.json, TW2100 where no tracing is started. */
export function checkMigrated(root: string): void {
  // Half of a migration proves nothing, whatever its spans say.
  if (existsSync(join(root, '.tracewright/journal.json'))) throw new TracewrightError('TW2006', 'some files are changed and some are not');
  const { problems, telemetry } = takeSurvey(openRepo(root));
  const broken = problems.find(({ code }) => code === 'TW1003');
  if (broken !== undefined) throw new TracewrightError('TW1003', broken.detail);
  if (['.tracewright/receipt.json', '.tracewright/golden', 'tracewright.yaml'].some((file) => existsSync(join(root, file)))) return;
  if (telemetry.some(({ vendor, state }) => vendor === 'tracewright' || state === 'started')) return;
  throw new TracewrightError('TW2100', 'there is no receipt, and nothing here loads tracing');
}

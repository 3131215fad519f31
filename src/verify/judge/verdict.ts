import { plural } from './plural.ts';
import type { Check, LeftSite, Verdict } from './report.ts';

/**
 * What a run proved, in one word that never says more than was seen.
 *
 *   verified            nothing that the plan knows is left
 *   verified, N left    what was reached is proven; N places were not reached, each is named
 *   nothing proven      no request reached the program's own code, or nothing was traced
 */
export function verdictOf(checks: readonly Check[], left: readonly LeftSite[], spans: number): Verdict {
  const failed = checks.filter(({ status }) => status === 'fail');
  const vacuous = spans === 0 || failed.some(({ code }) => code === 'TW3016');
  const faults = `${failed.length} of ${plural(checks.length, 'check')} failed`;
  if (vacuous) return { state: 'nothing proven', text: failed.length > 1 ? `nothing proven, ${faults}` : 'nothing proven', left };
  if (failed.length > 0) return { state: 'faults', text: faults, left };
  return { state: 'verified', text: left.length === 0 ? 'verified' : `verified, ${left.length} left`, left };
}

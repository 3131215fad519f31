import { compareGolden } from './compare-golden.ts';
import type { Golden } from './golden.ts';

/** The golden trace of a run, with the recorded form of every request that still fits, so that declared patterns stay. */
export function updateGolden(recorded: Golden, actual: Golden): Golden {
  const traces = actual.traces.map((trace, index) => {
    const before = recorded.traces[index];
    if (before?.request !== trace.request) return trace;
    const differences = compareGolden({ ...recorded, traces: [before] }, { ...actual, traces: [trace] });
    return differences.length === 0 ? before : trace;
  });
  return { ...actual, traces };
}

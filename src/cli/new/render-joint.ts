import { renderTrace } from '../../trace/index.ts';
import { renderReport, type VerifyReport } from '../../verify/index.ts';
import type { Output } from '../output.ts';

/** The trace that leads through all services, and what was checked. */
export function renderJoint(report: VerifyReport, names: readonly string[], output: Output): string {
  const color = output.colors.isColorSupported;
  const joint = report.requests.find(({ trace }) => trace !== undefined && names.every((name) => trace.services.includes(name)));
  const head =
    joint?.trace === undefined
      ? `No trace leads through ${names.join(', ')}; what was seen:`
      : `One trace over ${names.length} services (${names.join(' -> ')}):\n\n${joint.request}  ${joint.status}\n${renderTrace(joint.trace, { color }).trimEnd()}`;
  return `${head}\n\n${renderReport(report, { color, traces: joint === undefined }).trimEnd()}`;
}

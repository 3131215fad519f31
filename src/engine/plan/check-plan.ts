import { type Plan, TracewrightError } from '../../contract/index.ts';
import { canonicalJson, sha256 } from './canonical.ts';

/** Refuses a plan that is not what `createPlan` made, byte for byte. */
export function checkPlan(plan: Plan): void {
  const { hash, ...body } = plan;
  if (typeof hash !== 'string' || sha256(canonicalJson(body)) !== hash)
    throw new TracewrightError('TW2020', 'its hash does not fit its content');
}

/** Why a plan no longer fits, as a sentence that names what changed; undefined when it fits. */
export function staleness(plan: Plan, fresh: Plan): string | undefined {
  if (plan.hash === fresh.hash) return undefined;
  if (plan.tool.version !== fresh.tool.version) return `it was made by version ${plan.tool.version}, this is ${fresh.tool.version}`;
  const names = [...new Set([...Object.keys(plan.inputs), ...Object.keys(fresh.inputs)])].sort();
  const changed = names
    .filter((name) => plan.inputs[name] !== fresh.inputs[name])
    .map((name) => (name.startsWith('/') ? 'the list of source files' : name));
  return changed.length === 0
    ? 'the same files now give another plan'
    : changed.slice(0, 5).join(', ') + (changed.length > 5 ? ` and ${changed.length - 5} more` : '');
}

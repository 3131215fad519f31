import type { Survey } from '../../src/contract/index.ts';
import type { GateCommand } from './commands.ts';
import type { Gate } from './gates.ts';

/** This toolkit's own version; a test compares it with package.json. */
export const version = '0.1.0';

/** Node.js versions that the toolkit and its parser run on. */
export const runsOn = '^20.19.0 || >=22.12.0';

/** How CI starts the toolkit, and whether the repository brings it. */
export interface Tool {
  readonly invocation: string;
  readonly isDeclared: boolean;
}

/**
 * The copy that the lock file pins, when the root declares one. Otherwise exactly this version, and never a download (`--no`): the name
 * is not ours on the public registry yet, so what `npx --yes` would fetch from there could be anybody's.
 */
export function toolOf(survey: Survey): Tool {
  const root = survey.packages.find(({ dir }) => dir === '');
  const isDeclared = root?.dependencies.some(({ name }) => name === 'tracewright') ?? false;
  if (!isDeclared) return { invocation: `npx --no tracewright@${version}`, isDeclared };
  if (root?.packageManager === 'pnpm') return { invocation: 'pnpm exec tracewright', isDeclared };
  return { invocation: root?.packageManager === 'npm' ? 'npx --no tracewright' : 'yarn tracewright', isDeclared };
}

export type Part = GateCommand['kind'];

/** Where `check` writes what the CI server shows; nothing when it shows the log only. */
export type Findings = 'sarif' | 'junit' | undefined;

export function findingsFile(gate: Gate, findings: Exclude<Findings, undefined>): string {
  return `trace-check${gate.suffix}.${findings === 'sarif' ? 'sarif' : 'xml'}`;
}

/** One command of the gate, from the root of the repository. */
export function gateCommand(invocation: string, part: Part, gate: Gate, findings: Findings): string {
  const folder = gate.folder === '' ? '' : ` ${gate.folder}`;
  if (part === 'verify') return `${invocation} verify${folder} --frozen`;
  return `${invocation} check${folder}${findings === undefined ? '' : ` --${findings} ${findingsFile(gate, findings)}`}`;
}

/** Parts that can hold now: `verify --frozen` needs golden traces. */
export function partsOf(gate: Gate): readonly Part[] {
  return gate.isRecorded ? ['check', 'verify'] : ['check'];
}

import type { ErrorCode } from '../contract/index.ts';
import { RECEIPT } from '../engine/apply/home.ts';
import { realRoot } from '../engine/plan/open-repo.ts';
import { findAdded } from './added.ts';
import type { Finding } from './finding.ts';
import { freehandInText, isLookedAt } from './freehand-text.ts';
import { readAllowed } from './read-allowed.ts';
import { covers } from './scene.ts';
import { readIndexed, readStaged, type StagedFile } from './staged-files.ts';

/** A finding in what is about to be committed or written, and what to call instead. */
export interface StagedFinding extends Finding {
  readonly codemod?: string;
  readonly command: string;
}

export interface StagedReport {
  readonly status: 'ok' | 'faults';
  /** Files that differ from the last commit. */
  readonly staged: number;
  readonly findings: readonly StagedFinding[];
  /** What to do about them, in this order; each works when the one before is done. */
  readonly steps: readonly string[];
}

/** The transform that does what was written by hand. */
const transforms: Readonly<Partial<Record<ErrorCode, string>>> = {
  TW2110: 'otel-bootstrap',
  TW2111: 'http-client-spans',
  TW2113: 'otel-bootstrap',
};

/** Whether what is staged adds OpenTelemetry by hand. Reads git's index, starts nothing and writes nothing. */
export function checkStaged(folder: string): StagedReport {
  const root = realRoot(folder);
  const { staged, files } = readStaged(root, isLookedAt);
  const findings = judge(files, readAllowed(readIndexed(root, 'tracewright.yaml')));
  const steps = stepsFor(findings, readIndexed(root, RECEIPT) !== undefined);
  return { status: steps.length > 0 ? 'faults' : 'ok', staged, findings, steps };
}

/** How to go on when something is refused. Apply needs a repository without uncommitted changes, so what is left comes first. */
export function stepsFor(findings: readonly StagedFinding[], isMigrated: boolean): readonly string[] {
  const faults = findings.filter(({ level }) => level === 'error');
  if (faults.length === 0) return [];
  const hasSpans = faults.some(({ code }) => code === 'TW2112');
  return [
    'Take these lines out and stage the files again.',
    ...(isMigrated ? [] : ['Commit what is left.']),
    isMigrated
      ? 'Run `tracewright plan`: it shows whether anything is missing.'
      : 'Run `tracewright apply`: it puts tracing in with vetted code.',
    ...(hasSpans
      ? [`For spans of your own call \`traced(name, fn)\` of @tracewright/middleware${isMigrated ? '' : ', which apply adds'}.`]
      : []),
  ];
}

/** What files add by hand, those aside that a person allowed. */
export function judge(files: readonly StagedFile[], allowed: readonly string[]): readonly StagedFinding[] {
  return files
    .filter(({ file }) => !covers(allowed, file))
    .flatMap(({ file, text, before }) => findAdded(text, before, (each) => freehandInText(file, each)))
    .map(withTransform)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** A finding with the transform to call instead. */
function withTransform(found: Finding): StagedFinding {
  const codemod = transforms[found.code];
  const command = codemod === undefined ? 'tracewright plan' : 'tracewright apply';
  return { ...found, ...(codemod === undefined ? {} : { codemod }), command };
}

function placeOf({ file, line, code }: Finding): string {
  return [file, String(line).padStart(9, '0'), code].join('\0');
}

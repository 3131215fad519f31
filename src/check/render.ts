import { createColors } from 'picocolors';
import { catalogue } from '../contract/index.ts';
import type { StagedReport } from './check-staged.ts';
import { type CheckReport, type Finding, questions } from './finding.ts';

/** A check for a person: each finding with its place and next step, then the verdict. */
export function renderCheckReport(report: CheckReport, color: boolean): string {
  const colors = createColors(color);
  const findings = report.findings.map((each) => renderFinding(each, colors)).join('');
  // A warning is no tick either: "nothing drifted" above a file that changed would not be so.
  const said = new Set(report.findings.map(({ code }) => code));
  const passed = questions.filter(({ name, codes }) => !report.unasked.includes(name) && !codes.some((code) => said.has(code)));
  const passes = report.status === 'not-migrated' ? '' : passed.map(({ name }) => `  ${colors.green('✓')} ${name}\n`).join('');
  return `${passes}${findings}\n${colors.bold(verdict(report, colors))}\n`;
}

/** What is staged for a person: each finding with its place, the transform to call instead, then the verdict. */
export function renderStaged({ findings, staged, steps }: StagedReport, color: boolean): string {
  const colors = createColors(color);
  const errors = findings.filter(({ level }) => level === 'error').length;
  const files = `${staged} staged file${staged === 1 ? '' : 's'}`;
  const said =
    errors === 0 ? colors.green(`no OpenTelemetry by hand in ${files}`) : colors.red(errors === 1 ? '1 fault' : `${errors} faults`);
  const list = findings.map((each) => renderFinding(each, colors)).join('');
  const next = steps.map((step, index) => `  ${index + 1}  ${step}\n`).join('');
  return `${list}${list === '' ? '' : '\n'}${colors.bold(said)}\n${next === '' ? '' : `\n${colors.bold('Next')}\n${next}`}`;
}

function renderFinding({ level, code, file, line, why, next }: Finding, colors: ReturnType<typeof createColors>): string {
  const mark = level === 'error' ? colors.red('✗') : colors.yellow('!');
  return `  ${mark} ${colors.bold(`${file}:${line}`)}  ${catalogue[code].title}  ${colors.dim(code)}\n      ${why}\n      ${colors.dim('next')}  ${next}\n`;
}

function verdict({ status, findings, codemods }: CheckReport, colors: ReturnType<typeof createColors>): string {
  if (status === 'not-migrated') return colors.yellow('not migrated');
  const errors = findings.filter(({ level }) => level === 'error').length;
  if (errors > 0) return colors.red(errors === 1 ? '1 fault' : `${errors} faults`);
  return colors.green(`as migrated, ${codemods.length} codemod${codemods.length === 1 ? '' : 's'}`);
}

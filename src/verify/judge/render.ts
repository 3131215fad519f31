import { createColors } from 'picocolors';
import { renderScores } from '../../score/index.ts';
import { renderTrace } from '../../trace/index.ts';
import { askMore } from './ask-more.ts';
import { plural } from './plural.ts';
import type { Check, LeftSite, RequestReport, VerifyReport } from './report.ts';

export interface RenderReportOptions {
  readonly color: boolean;
  /** Also draw the trace of each request. Default true. */
  readonly traces?: boolean;
}

const marks: Record<Check['status'], readonly [string, 'green' | 'yellow' | 'red' | 'dim']> = {
  pass: ['✓', 'green'],
  warn: ['!', 'yellow'],
  fail: ['✗', 'red'],
  skip: ['-', 'dim'],
};

function indent(text: string, by: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${by}${line}\n`)
    .join('');
}

function renderCheck(check: Check, colors: ReturnType<typeof createColors>): string {
  const [mark, color] = marks[check.status];
  const head = `  ${colors[color](mark)} ${check.summary}${check.code ? colors.dim(`  ${check.code}`) : ''}\n`;
  const shown = check.details.slice(0, 30);
  const more = check.details.length > shown.length ? `      and ${check.details.length - shown.length} more\n` : '';
  const details = shown.map((line) => `      ${line}\n`).join('') + more;
  const next = check.next && check.status !== 'pass' && check.status !== 'skip' ? `      ${colors.dim('next')}  ${check.next}\n` : '';
  return head + details + next;
}

function renderRequest(request: RequestReport, options: RenderReportOptions): string {
  const colors = createColors(options.color);
  const answer = request.error === undefined ? String(request.status) : colors.red(request.error);
  const head = `${colors.bold(request.request)}  ${answer}\n`;
  return request.trace ? `${head}${indent(renderTrace(request.trace, { color: options.color }), '  ')}\n` : `${head}  no span arrived\n\n`;
}

/** One line for each check, faults with their next step. */
export function renderChecks(checks: readonly Check[], options: { readonly color: boolean }): string {
  const colors = createColors(options.color);
  return checks.map((check) => renderCheck(check, colors)).join('');
}

/** A verification for a person: the traces, then one line for each check, faults with their next step. */
export function renderReport(report: VerifyReport, options: RenderReportOptions): string {
  const colors = createColors(options.color);
  const traces = options.traces === false ? '' : report.requests.map((request) => renderRequest(request, options)).join('');
  const checks = renderChecks(report.checks, options);
  const notes = report.notes.map((note) => `  ${colors.dim(note)}\n`).join('');
  const { state, text, left } = report.verdict;
  const verdict = state === 'verified' ? (left.length === 0 ? colors.green(text) : colors.yellow(text)) : colors.red(text);
  const scores = renderScores(report.scores ?? [], options.color);
  const counts = `${plural(report.spans, 'span')}, ${plural(report.logs, 'log')}`;
  return `${traces}${checks}${notes}${scores}\n${colors.bold(verdict)}  ${counts}\n${renderLeft(left, report.setup, colors)}`;
}

/** What the run did not reach, each with its place. */
function renderLeft(left: readonly LeftSite[], origin: VerifyReport['setup'], colors: ReturnType<typeof createColors>): string {
  if (left.length === 0) return '';
  const lines = left.slice(0, 30).map(({ site, place, why }) => `  ${site}${place === undefined ? '' : ` (${place})`}: ${why}\n`);
  const more = left.length > lines.length ? `  and ${left.length - lines.length} more\n` : '';
  const steps = [
    ...(left.some(({ kind }) => kind !== 'task') ? [askMore(origin)] : []),
    ...(left.some(({ kind }) => kind === 'task')
      ? ['Do what is left to a person (`tracewright plan` says how), or `tracewright dismiss <task> --why "<reason>"`.']
      : []),
  ];
  return `${lines.join('')}${more}${steps.map((step) => `  ${colors.dim('next')}  ${step}\n`).join('')}`;
}

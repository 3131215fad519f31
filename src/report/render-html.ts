import { createHash } from 'node:crypto';
import type { ReportInput } from './input.ts';
import { html, type Markup, verbatim } from './markup.ts';
import { renderChecks } from './render-checks.ts';
import { renderGolden } from './render-golden.ts';
import { renderLedger } from './render-ledger.ts';
import { renderMap } from './render-map.ts';
import { renderScores, scoreHint } from './render-scores.ts';
import { defaultLimits, type Limits, renderTraces } from './render-traces.ts';
import { type ReportTrace, reportTraces, servicesOf } from './report-traces.ts';
import { script } from './script.ts';
import { serviceCalls } from './service-calls.ts';
import { style } from './style.ts';
import { count, grouped } from './words.ts';

/** Nothing may be loaded and no script may run but ours, whatever a program put into its spans. */
function policy(): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  /** Beside its link. */
  readonly hint: string;
  readonly body: Markup;
}

function partsOf({ verify, ledger }: ReportInput, traces: readonly ReportTrace[], limits: Limits): Part[] {
  const services = servicesOf(verify);
  const calls = serviceCalls(traces);
  const failed = verify.checks.filter(({ status }) => status === 'fail').length;
  const differences = verify.golden.reduce((sum, golden) => sum + golden.differences.length, 0);
  const seen = ledger.filter(({ state }) => state === 'seen').length;
  const judged = ledger.filter(({ state }) => state !== 'absent' && state !== 'placed').length;
  return [
    {
      id: 'checks',
      title: 'Checks',
      lead: 'What was asked of this run, and the next step where the answer is no.',
      hint: failed === 0 ? 'all hold' : `${failed} failed`,
      body: renderChecks(verify),
    },
    {
      id: 'golden',
      title: 'Golden traces',
      lead: 'The spans of this run against those on record.',
      hint: differences === 0 ? 'no difference' : count(differences, 'difference'),
      body: renderGolden(verify.golden),
    },
    {
      id: 'traces',
      title: 'Traces',
      lead: 'Each request and every span it caused, on one clock. Open a line for its attributes; arrow keys walk the lines.',
      hint: grouped(traces.length),
      body: renderTraces(traces, services, limits),
    },
    {
      id: 'services',
      title: 'Calls between services',
      lead: 'A call is drawn only when the trace arrived on the other side.',
      hint: grouped(calls.length),
      body: renderMap(calls, services),
    },
    {
      id: 'score',
      title: 'Instrumentation Score',
      lead: 'How good the telemetry of each service is, by the public specification; what fails is named.',
      hint: scoreHint(verify.scores ?? []),
      body: renderScores(verify.scores ?? []),
    },
    {
      id: 'coverage',
      title: 'Coverage',
      lead: 'Each place that the codemods know, and what this run saw of it.',
      hint: `${seen} of ${judged} seen`,
      body: renderLedger(ledger),
    },
  ];
}

function renderVerdict({ verify }: ReportInput): Markup {
  const { state, left } = verify.verdict;
  const failed = verify.checks.filter(({ status }) => status === 'fail').length;
  if (state === 'nothing proven')
    return html`<p class="verdict fail"><span class="sign" aria-hidden="true">✕</span><span><b>Nothing proven</b> ${failed} of ${count(verify.checks.length, 'check')} failed</span></p>`;
  const but = left.length === 0 ? '' : html`, <a href="#coverage">${grouped(left.length)} left</a>`;
  return failed === 0
    ? html`<p class="verdict"><span class="sign" aria-hidden="true">✓</span><span><b>Verified</b> by running it and reading its spans${but}</span></p>`
    : html`<p class="verdict fail"><span class="sign" aria-hidden="true">✕</span><span><b>Not verified</b> ${failed} of ${count(verify.checks.length, 'check')} failed</span></p>`;
}

function titleOf({ verify: { verdict } }: ReportInput): string {
  if (verdict.state === 'nothing proven') return 'Nothing proven';
  if (verdict.state === 'faults') return 'Not verified';
  return verdict.left.length === 0 ? 'Verified' : `Verified, ${verdict.left.length} left`;
}

function renderFacts({ verify }: ReportInput, traces: readonly ReportTrace[]): Markup {
  const facts: readonly (readonly [string, number])[] = [
    ['Services', servicesOf(verify).length],
    ['Requests', verify.requests.length],
    ['Traces', traces.filter(({ trace }) => trace).length],
    ['Spans', verify.spans],
    ['Log records', verify.logs],
  ];
  return html`<dl class="facts-row">${facts.map(([name, amount]) => html`<div><dt>${name}</dt><dd>${grouped(amount)}</dd></div>`)}</dl>`;
}

/** When the run began, by its first span; a run without spans has no time. */
function runTime(traces: readonly ReportTrace[]): string | undefined {
  const starts = traces.flatMap(({ trace }) => [...(trace?.roots ?? []), ...(trace?.orphans ?? [])].map(({ span }) => span.startMs));
  const first = starts.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  // Beyond this a Date is invalid; a broken exporter may send anything.
  return first > 0 && first < 8.64e15 ? `${new Date(first).toISOString().slice(0, 16).replace('T', ' ')} UTC` : undefined;
}

/**
 * One self-contained page about a verification: no network, no external file, readable without JavaScript.
 * The same input gives the same bytes.
 */
export function renderHtml(input: ReportInput, limits: Limits = defaultLimits): string {
  const traces = reportTraces(input.verify);
  const parts = partsOf(input, traces, limits);
  const time = runTime(traces);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${titleOf(input)}: ${input.repository} – Tracewright</title>
<link rel="icon" href="data:,">
<style>${verbatim(style)}</style>
</head>
<body>
<a class="away skip-link" href="#main">Skip to the report</a>
<header class="wrap">
<p class="brand">Tracewright report</p>
<h1>${input.repository}</h1>
${renderVerdict(input)}
${renderFacts(input, traces)}
<nav aria-label="Parts of the report"><ul>${parts.map(({ id, title, hint }) => html`<li><a href="#${id}">${title} <span class="quiet">${hint}</span></a></li>`)}</ul></nav>
</header>
<main id="main" tabindex="-1">
${parts.map(({ id, title, lead, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><div class="wrap"><h2 id="${id}-title">${title}</h2><p class="lead">${lead}</p>${body}</div></section>\n`)}</main>
<footer class="wrap"><p>${time ? `Run of ${time}. ` : ''}Written by <code>tracewright ${input.version} verify --report</code>. This file holds attribute values and log texts of the run: treat it like a log file.</p></footer>
<p id="live" class="away" role="status"></p>
<script>${verbatim(script)}</script>
</body>
</html>
`;
  return page.text;
}

import { html, type Markup } from '../../report/markup.ts';
import { count } from '../../report/words.ts';
import { renderTreeLine } from './render-diff.ts';
import { renderRefusal } from './render-refusal.ts';
import { renderTrace } from './render-trace.ts';
import { type CheckRow, type TracesState, tracesIn, type VerifyAnswer } from './traces-state.ts';

const checkWords = { pass: ['✓', 'passed'], fail: ['✕', 'failed'], warn: ['!', 'warning'], skip: ['–', 'skipped'] } as const;

const goldenWords = {
  equal: ['✓', 'Same as recorded', 'pass'],
  written: ['✓', 'Recorded by this run', 'pass'],
  differs: ['✕', 'Differs', 'fail'],
  missing: ['–', 'Not recorded yet', 'skip'],
} as const;

function renderHead({ summary, busy }: TracesState): Markup {
  const brand = html`<p class="brand">Tracewright traces</p>`;
  if (summary === undefined) return html`<header>${brand}<h1>${busy ?? 'Waiting for a verification'}</h1></header>`;
  const failed = (summary.checks ?? []).filter(({ status }) => status === 'fail').length;
  const words = summary.ok ? 'Every check passed; the program was run and its spans were read.' : `${count(failed, 'check')} failed.`;
  const sign = summary.ok
    ? html`<span class="sign good" aria-hidden="true">✓</span>`
    : html`<span class="sign bad" aria-hidden="true">✕</span>`;
  return html`<header>${brand}<h1>${sign} ${titleOf(summary)}</h1><p class="size">${words}</p></header>`;
}

function titleOf({ ok, verdict = ok ? 'verified' : '' }: Pick<VerifyAnswer, 'ok' | 'verdict'>): string {
  if (!ok) return verdict.startsWith('nothing proven') ? 'Nothing proven' : 'Not verified';
  return `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`;
}

function renderCheck({ status, summary, details = [], more, next }: CheckRow): Markup {
  const [sign, word] = checkWords[status];
  return html`<li class="check ${status}"><span class="sign" aria-hidden="true">${sign}</span><span class="word">${word}</span><div><p class="head"><b>${summary}</b></p>${details.length > 0 ? html`<ul class="details">${details.map((detail) => html`<li>${detail}</li>`)}</ul>` : ''}${more === undefined ? '' : html`<p class="quiet">and ${more} more</p>`}${next === undefined ? '' : html`<p class="next"><b>Next</b> ${next}</p>`}</div></li>`;
}

function renderChecks(checks: readonly CheckRow[]): Markup {
  if (checks.length === 0) return html``;
  const loud = checks.filter(({ status }) => status === 'fail' || status === 'warn');
  const calm = checks.filter((check) => !loud.includes(check));
  const list = loud.length > 0 ? html`<ul class="checks">${loud.map(renderCheck)}</ul>` : '';
  const fold = html`<details class="more-facts" id="calm"><summary>Passed or skipped <span class="quiet">${calm.length}</span></summary><ul class="checks">${calm.map(renderCheck)}</ul></details>`;
  return html`<section aria-labelledby="checks"><h2 id="checks">Checks</h2>${list}${calm.length > 0 ? fold : ''}</section>`;
}

function renderGolden(golden: TracesState['golden']): Markup {
  if (golden.length === 0) return html``;
  const differing = [...golden].sort((a, b) => Number(b.diff !== undefined) - Number(a.diff !== undefined));
  return html`<section aria-labelledby="golden"><h2 id="golden">Golden traces</h2>${differing.map(({ scenario, file, status, diff }) => {
    const [sign, word, tone] = goldenWords[status];
    const tree =
      diff === undefined
        ? ''
        : html`<pre class="diff" tabindex="0" aria-label="Differences of ${scenario}">${diff.trimEnd().split('\n').map(renderTreeLine)}</pre>`;
    return html`<article class="golden${diff === undefined ? ' same' : ''}"><h3>${scenario}</h3><p class="${tone}"><span class="pill"><span aria-hidden="true">${sign}</span> ${word}</span> <code>${file}</code></p>${tree}</article>`;
  })}</section>`;
}

function renderTraces(state: TracesState): Markup {
  const traces = tracesIn(state);
  if (traces.length === 0) return html``;
  const services = [...new Set(traces.flatMap(({ spans }) => spans.map(({ span }) => span.service)))].sort();
  const colours = new Map(services.map((service, index) => [service, index % 8]));
  const cut = state.isCut ? html`<p class="quiet">More traces are not shown here; <code>verify</code> pages through all of them.</p>` : '';
  return html`<section aria-labelledby="traces"><h2 id="traces">Traces</h2><ol class="traces">${traces.map((trace, index) => renderTrace(trace, index, colours))}</ol>${cut}</section>`;
}

function renderFoot({ summary, refusal, isAsking, canCall, busy }: TracesState): Markup {
  const off = busy === undefined ? '' : html` disabled`;
  const ask = html`<div class="ask" role="group" aria-labelledby="question"><p id="question"><b>Build and start the programs of this repository now?</b></p><p><button type="button" id="verify-yes" class="main">Verify again</button> <button type="button" id="cancel">Cancel</button></p></div>`;
  const button = isAsking ? ask : html`<p><button type="button" id="verify"${off}>Verify again …</button></p>`;
  const next = summary === undefined ? '' : html`<p class="next"><b>Next</b> <code>${summary.next.tool}</code>: ${summary.next.why}</p>`;
  if (summary === undefined && refusal === undefined) return html``;
  return html`<footer>${refusal === undefined ? next : renderRefusal(refusal)}${canCall ? button : ''}${busy === undefined ? '' : html`<p class="busy quiet">${busy}</p>`}</footer>`;
}

/** The whole view; equal states give equal bytes. */
export function renderTracesView(state: TracesState): Markup {
  return html`${renderHead(state)}${renderChecks(state.summary?.checks ?? [])}${renderGolden(state.golden)}${renderTraces(state)}${renderFoot(state)}`;
}

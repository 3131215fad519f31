import type { Check, VerifyReport } from '../verify/index.ts';
import { html, type Markup } from './markup.ts';
import { count } from './words.ts';

/** A word and a sign for each state, so that none depends on colour. */
const states: Record<Check['status'], readonly [sign: string, word: string]> = {
  fail: ['✕', 'Failed'],
  warn: ['!', 'Warning'],
  pass: ['✓', 'Passed'],
  skip: ['–', 'Skipped'],
};

/** Details that are shown at once; the others open on demand. */
const detailLimit = 5;

/** Text in which `code` stands between backticks. */
export function withCode(text: string): Markup {
  return html`${text.split('`').map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`))}`;
}

function renderDetails(details: readonly string[]): Markup | undefined {
  if (details.length === 0) return undefined;
  const list = html`<ul class="details">${details.slice(0, 200).map((detail) => html`<li>${detail}</li>`)}</ul>`;
  const more =
    details.length > 200
      ? html`<p class="quiet">and ${count(details.length - 200, 'more line')}; <code>verify --json</code> has all</p>`
      : '';
  if (details.length <= detailLimit) return html`${list}${more}`;
  return html`<details class="fold"><summary>${count(details.length, 'line')} of detail</summary>${list}${more}</details>`;
}

function renderCheck(check: Check): Markup {
  const [sign, word] = states[check.status];
  // A golden difference has a section of its own.
  const details = check.id === 'golden-trace' ? undefined : renderDetails(check.details);
  const next = check.next && check.status !== 'pass' ? html`<p class="next"><b>Next</b> ${withCode(check.next)}</p>` : undefined;
  const code = check.code ? html` <code class="quiet">${check.code}</code>` : undefined;
  return html`<li class="check ${check.status}"><span class="sign" aria-hidden="true">${sign}</span><span class="word">${word}</span><div><p class="head"><b>${check.summary}</b>${code}</p>${details}${next}</div></li>`;
}

/** What was asked and how it was answered, faults first. */
export function renderChecks({ checks, notes }: VerifyReport): Markup {
  const order: readonly Check['status'][] = ['fail', 'warn', 'pass', 'skip'];
  const sorted = order.flatMap((status) => checks.filter((check) => check.status === status));
  const remarks =
    notes.length > 0 ? html`<h3>Notes</h3><ul class="details">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : undefined;
  return html`<ul class="checks">${sorted.map(renderCheck)}</ul>${remarks}`;
}

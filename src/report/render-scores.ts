import type { ServiceScore } from '../score/index.ts';
import { html, type Markup } from './markup.ts';
import { count } from './words.ts';

const tones: Record<ServiceScore['category'], string> = { Excellent: 'pass', Good: 'pass', 'Needs Improvement': 'warn', Poor: 'fail' };

/** Names that are shown of what fails one rule. */
const nameLimit = 8;

function renderBudget(name: string, { most, limit }: ServiceScore['noise']['short']): Markup {
  const over = most > limit;
  return html`<div><dt>${name}</dt><dd>${most} of ${limit}${over ? html` <span class="badge bad">over budget</span>` : ''}</dd></div>`;
}

function renderRule({ id, impact, failing }: ServiceScore['rules'][number]): Markup {
  const more = failing.length > nameLimit ? html` and ${count(failing.length - nameLimit, 'more name')}` : '';
  return html`<li><b>${id}</b> <span class="quiet">${impact}</span> ${failing.slice(0, nameLimit).join(', ')}${more}</li>`;
}

function renderService({ service, score, category, rules, noise }: ServiceScore): Markup {
  const failed = rules.filter(({ passed }) => !passed);
  const verdict =
    failed.length === 0
      ? html`<p class="quiet">All ${count(rules.length, 'rule')} that were decided hold.</p>`
      : html`<ul class="details">${failed.map(renderRule)}</ul>`;
  return html`<li class="score ${tones[category]}"><h3>${service}</h3><p><b class="points">${score}</b> <span class="pill">${category}</span></p>${verdict}<dl>${renderBudget('INTERNAL spans in one trace', noise.internal)}${renderBudget('Spans under 5 ms in one trace', noise.short)}</dl></li>`;
}

/** The Instrumentation Score of each service with what fails, and how noisy its noisiest trace is. */
export function renderScores(scores: readonly ServiceScore[]): Markup {
  const [first] = scores;
  if (first === undefined) return html`<p class="empty">No span arrived, so there is nothing to score.</p>`;
  const open = html`<ul class="details">${first.undecided.map(({ id, why }) => html`<li><b>${id}</b> ${why}</li>`)}</ul>`;
  const left =
    first.undecided.length === 0
      ? ''
      : html`<details class="fold"><summary>Not complete: ${count(first.undecided.length, 'rule')} of the specification ${first.undecided.length === 1 ? 'is' : 'are'} not decided by one run</summary>${open}</details>`;
  return html`<ul class="scores">${scores.map(renderService)}</ul>${left}`;
}

/** The lowest score, for the link to this part. */
export function scoreHint(scores: readonly ServiceScore[]): string {
  return scores.length === 0 ? 'none' : String(scores.reduce((low, { score }) => Math.min(low, score), 100));
}

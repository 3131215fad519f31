import { html, type Markup } from '../../report/markup.ts';
import { count } from '../../report/words.ts';
import { codemodsOf, type Outcome, type PlanAnswer, type PlanState } from './plan-state.ts';
import { renderDiff } from './render-diff.ts';
import { renderRefusal } from './render-refusal.ts';

function sizeOf({ counts }: PlanAnswer): Markup {
  const { files = 0, added = 0, removed = 0 } = counts ?? {};
  return html`<b>${count(files, 'file')}</b> <ins>+${added}</ins> <del>−${removed}</del>`;
}

function renderHead({ whole, chosen, busy }: PlanState): Markup {
  if (whole === undefined) return html`<header><p class="brand">Tracewright plan</p><h1>${busy ?? 'Waiting for a plan'}</h1></header>`;
  const services = whole.services ?? [];
  return html`<header><p class="brand">Tracewright plan</p><h1>Tracing for ${services.length === 0 ? 'this repository' : services.join(', ')}</h1><p class="size">${sizeOf(chosen ?? whole)}</p></header>`;
}

/** One codemod with its reasons; unticked it stays out of what is applied. */
function renderCodemod(state: PlanState, codemod: string): Markup {
  const reasons = (state.whole?.reasons ?? []).filter((reason) => reason.codemod === codemod);
  const isOut = state.skipped.includes(codemod);
  const isFixed = state.busy !== undefined || state.applied !== undefined || !state.canCall;
  return html`<li class="codemod${isOut ? ' out' : ''}"><label><input type="checkbox" id="use-${codemod}" data-codemod="${codemod}"${isOut ? '' : html` checked`}${isFixed ? html` disabled` : ''}> <code>${codemod}</code>${isOut ? html` <span class="badge">left out</span>` : ''}</label><ul>${reasons.map(
    ({ why, at, more }) =>
      html`<li>${why} <span class="places">${at.map((place) => html`<code>${place}</code> `)}${more === undefined ? '' : `and ${more} more`}</span></li>`,
  )}</ul></li>`;
}

function renderChanges(state: PlanState): Markup {
  const codemods = codemodsOf(state);
  if (codemods.length === 0) return html`<p class="empty">Nothing would change: everything that can be done is in place.</p>`;
  const hint = state.canCall && state.applied === undefined ? 'Untick what shall stay out.' : '';
  return html`<section aria-labelledby="changes"><h2 id="changes">What changes, and why</h2><p class="lead">${hint}</p><ul class="codemods">${codemods.map((codemod) => renderCodemod(state, codemod))}</ul></section>`;
}

function renderHunks({ hunks, hunksFrom, busy, canCall }: PlanState): Markup {
  const label = hunksFrom === 'first' ? 'Show the diff' : 'Show more of the diff';
  const button =
    hunksFrom === undefined || !canCall
      ? ''
      : html`<p><button type="button" id="diff"${busy === undefined ? '' : html` disabled`}>${label}</button></p>`;
  if (hunks.length === 0 && button === '') return html``;
  return html`<section aria-labelledby="diff-title"><h2 id="diff-title">Diff</h2>${renderDiff(hunks)}${button}</section>`;
}

function renderTasks({ chosen }: PlanState): Markup {
  const tasks = chosen?.tasks ?? [];
  if (tasks.length === 0) return html``;
  return html`<section aria-labelledby="tasks"><h2 id="tasks">Left to a person</h2><ul class="rows">${tasks.map(
    ({ file, line, why, next }) => html`<li><code>${file}:${line}</code> ${why}<p class="next"><b>Next</b> ${next}</p></li>`,
  )}</ul></section>`;
}

function fold(id: string, title: string, rows: readonly Markup[]): Markup {
  if (rows.length === 0) return html``;
  return html`<details class="more-facts" id="${id}"><summary>${title} <span class="quiet">${rows.length}</span></summary><ul class="rows">${rows}</ul></details>`;
}

function renderRest({ chosen }: PlanState): Markup {
  const { leftAlone = [], satisfied = [], problems = [] } = chosen ?? {};
  return html`${fold(
    'problems',
    'Files that could not be read',
    problems.map(({ code, detail, at }) => html`<li><code>${at}</code> ${code} ${detail}</li>`),
  )}${fold(
    'left-alone',
    'Left alone',
    leftAlone.map(({ codemod, why, next }) => html`<li><code>${codemod}</code> ${why}<p class="next"><b>Next</b> ${next}</p></li>`),
  )}${fold(
    'satisfied',
    'In place already',
    satisfied.map(({ codemod, why }) => html`<li><code>${codemod}</code> ${why}</li>`),
  )}`;
}

function ask(id: string, question: string, yes: string): Markup {
  return html`<div class="ask" role="group" aria-labelledby="${id}-question"><p id="${id}-question"><b>${question}</b></p><p><button type="button" id="${id}-yes" class="main">${yes}</button> <button type="button" id="cancel">Cancel</button></p></div>`;
}

function renderOutcome({ files = [], installs = [], tasks = [], next }: Outcome, title: string): Markup {
  return html`<h2 id="outcome" tabindex="-1"><span class="sign good" aria-hidden="true">✓</span> ${title}</h2><ul class="rows">${files.map((file) => html`<li><code>${file}</code></li>`)}</ul>${installs.length > 0 ? html`<p>To install: ${installs.map((command) => html`<code>${command}</code> `)}</p>` : ''}${tasks.length > 0 ? html`<p>${count(tasks.length, 'task')} left to a person, see above.</p>` : ''}<p class="next"><b>Next</b> <code>${next.tool}</code>: ${next.why}</p>`;
}

function renderButtons(state: PlanState): Markup {
  const { chosen, asking, applied, undone, busy, canCall, skipped } = state;
  const files = count(chosen?.counts?.files ?? 0, 'file');
  if (!canCall) return html`<p class="quiet">This host lets no view call tools: ask the agent to apply the plan.</p>`;
  if (asking === 'apply') return ask('apply', `Write ${files} of this repository now?`, `Write ${files}`);
  if (asking === 'undo') return ask('undo', 'Put every byte back as it was before?', 'Put back');
  const off = busy === undefined ? '' : html` disabled`;
  if (undone !== undefined) return html`<p><button type="button" id="again"${off}>Plan again</button></p>`;
  if (applied !== undefined) return html`<p><button type="button" id="undo"${off}>Undo</button></p>`;
  if (chosen?.next.tool !== 'apply') return html``;
  const without = skipped.length > 0 ? ` without ${count(skipped.length, 'codemod')}` : '';
  return html`<p><button type="button" id="apply" class="main"${off}>Apply to ${files}${without} …</button></p>`;
}

function renderFoot(state: PlanState): Markup {
  const { whole, applied, undone, refusal, busy } = state;
  if (whole === undefined && refusal === undefined) return html``;
  const outcome = undone ? renderOutcome(undone, 'Everything is as it was') : applied ? renderOutcome(applied, titleOf(applied)) : '';
  const again = refusal !== undefined && state.canCall ? { id: 'again', label: 'Plan again' } : undefined;
  return html`<footer>${outcome}${refusal === undefined ? '' : renderRefusal(refusal, again)}${refusal === undefined ? renderButtons(state) : ''}${busy === undefined ? '' : html`<p class="busy quiet">${busy}</p>`}</footer>`;
}

function titleOf({ changed = 0 }: Outcome): string {
  return changed === 0 ? 'It was applied before: nothing changed' : `Applied: ${count(changed, 'file')} written`;
}

/** The whole view; equal states give equal bytes. */
export function renderPlan(state: PlanState): Markup {
  if (state.whole === undefined) return html`${renderHead(state)}${renderFoot(state)}`;
  return html`${renderHead(state)}${renderChanges(state)}${renderHunks(state)}${renderTasks(state)}${renderRest(state)}${renderFoot(state)}`;
}

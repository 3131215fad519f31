import { html, type Markup } from '../../report/markup.ts';
import type { Refusal } from './plan-state.ts';

/** A code, a sentence and the next step; with `again` a button that makes it. */
export function renderRefusal({ code, message, next }: Refusal, again?: { readonly id: string; readonly label: string }): Markup {
  const button = again === undefined ? '' : html`<p><button type="button" id="${again.id}">${again.label}</button></p>`;
  return html`<section class="refusal" aria-labelledby="refusal"><h2 id="refusal"><span class="pill bad">${code}</span> ${message}</h2><p class="next"><b>Next</b> ${next.why}</p>${button}</section>`;
}

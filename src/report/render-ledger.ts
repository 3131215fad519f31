import type { LedgerEntry } from './input.ts';
import { html, type Markup } from './markup.ts';
import { withCode } from './render-checks.ts';
import { count } from './words.ts';

const states: Record<LedgerEntry['state'], readonly [sign: string, word: string, tone: string]> = {
  unseen: ['✕', 'Not seen', 'fail'],
  unasked: ['–', 'Not asked', 'warn'],
  task: ['!', 'To do', 'warn'],
  refused: ['✕', 'Refused', 'warn'],
  seen: ['✓', 'Seen', 'pass'],
  placed: ['✓', 'In place', 'pass'],
  absent: ['–', 'Not used here', 'skip'],
};

const order: readonly LedgerEntry['state'][] = ['unseen', 'unasked', 'task', 'refused', 'seen', 'placed', 'absent'];
const rowLimit = 1000;

function renderRow({ site, service, place, source, state, why, next }: LedgerEntry): Markup {
  const [sign, word, tone] = states[state];
  return html`<tr role="row"><td role="cell" class="state ${tone}"><span class="pill"><span aria-hidden="true">${sign}</span> ${word}</span></td><th role="rowheader" scope="row"><span class="site">${site}</span>${service ? html`<span class="quiet">${service}</span>` : ''}</th><td role="cell">${place ? html`<code>${place}</code> ` : ''}<span class="quiet">${source}</span></td><td role="cell">${withCode(why)}${next ? html` <span class="next"><b>Next</b> ${withCode(next)}</span>` : ''}</td></tr>`;
}

/** Each place that codemods know: seen, not seen, left to a person, or refused. */
export function renderLedger(ledger: readonly LedgerEntry[]): Markup {
  if (ledger.length === 0)
    return html`<p class="empty">No place is on record: nothing was applied here, or the receipt lists no routes. <code>tracewright plan</code> shows what could be.</p>`;
  const sorted = order.flatMap((state) => ledger.filter((entry) => entry.state === state));
  const totals = order.flatMap((state) => {
    const amount = ledger.filter((entry) => entry.state === state).length;
    return amount === 0 ? [] : [html`<li class="${states[state][2]}"><b>${amount}</b> ${states[state][1].toLowerCase()}</li>`];
  });
  const hidden =
    sorted.length > rowLimit ? html`<p class="quiet">${count(sorted.length - rowLimit, 'more site')} not shown.</p>` : undefined;
  return html`<ul class="totals">${totals}</ul><table role="table" class="ledger"><caption class="away">Sites and what was seen of them</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">State</th><th role="columnheader" scope="col">Site</th><th role="columnheader" scope="col">Where</th><th role="columnheader" scope="col">Why</th></tr></thead><tbody role="rowgroup">${sorted.slice(0, rowLimit).map(renderRow)}</tbody></table>${hidden}`;
}

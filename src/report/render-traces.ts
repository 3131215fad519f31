import { html, type Markup } from './markup.ts';
import { renderLog, renderSpan } from './render-span.ts';
import type { ReportTrace } from './report-traces.ts';
import { type SpanRow, spanRows, timeOf } from './span-rows.ts';
import { count, duration, grouped } from './words.ts';

/** How much of a large run the page shows at once, keeps for `show more`, and leaves out. */
export interface Limits {
  readonly rowsAtOnce: number;
  readonly tracesAtOnce: number;
  readonly rowsPerStep: number;
  readonly rowsInFile: number;
}

export const defaultLimits: Limits = { rowsAtOnce: 200, tracesAtOnce: 50, rowsPerStep: 500, rowsInFile: 10_000 };

/** Traces that are unfolded when the page opens. */
const openLimit = 4;

interface Budget {
  rows: number;
  opened: number;
}

function slices<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** HTML that is in the page but not yet part of it. It holds no `<` from data, so nothing can close the element early. */
function packed(content: Markup): Markup {
  return html`<script type="text/plain">${content}</script>`;
}

function showMore(kept: number, lost: number, one: string, packs: readonly Markup[]): Markup | undefined {
  if (kept + lost === 0) return undefined;
  const button = kept > 0 ? html`<button type="button" hidden>Show more</button> ` : '';
  const folded =
    kept > 0
      ? html`<span class="left">${count(kept, `more ${one}`)} folded away.</span> <span class="static">The button to show them needs JavaScript.</span>`
      : '';
  const left =
    lost > 0
      ? html` <span>${grouped(lost)} more ${lost === 1 ? `${one} is` : `${one}s are`} not in this file; <code>verify --json</code> has all.</span>`
      : '';
  return html`<div class="more" data-one="${one}" data-left="${kept}">${button}${folded}${left}${packs}</div>`;
}

function failed({ request, trace }: ReportTrace, rows: readonly SpanRow[]): boolean {
  if (request?.error !== undefined || !trace) return true;
  return (
    trace.orphans.length > 0 ||
    rows.some(({ node }) => node.span.status === 'ERROR' || node.span.events.some(({ name }) => name === 'exception'))
  );
}

function renderHead(entry: ReportTrace, wholeMs: number, bad: boolean): Markup {
  const { request, trace, title } = entry;
  const answer = request?.error ?? request?.status;
  const facts = trace
    ? html`<span>${count(trace.spanCount, 'span')}</span> <span>${count(trace.services.length, 'service')}</span> <span>${duration(wholeMs)}</span>`
    : html`<span class="bad">no span arrived</span>`;
  return html`<summary><h3>${title}</h3>${answer === undefined ? '' : html` <span class="badge${bad ? ' bad' : ''}">${answer}</span>`}${bad ? html` <span class="badge bad">has errors</span>` : ''} <span class="facts">${facts} <span>${request ? request.scenario : 'belongs to no request'}</span></span></summary>`;
}

function renderScale(wholeMs: number): Markup {
  return html`<div class="scale" aria-hidden="true">${[0, 0.25, 0.5, 0.75, 1].map((part) => html`<span>${part === 0 ? '0' : duration(wholeMs * part)}</span>`)}</div>`;
}

interface Page {
  readonly colours: ReadonlyMap<string, number>;
  readonly limits: Limits;
  readonly budget: Budget;
}

/** `packable`: whether further rows may be kept for later; a pack cannot hold a pack. */
function renderTrace(entry: ReportTrace, index: number, { colours, limits, budget }: Page, packable: boolean): Markup {
  const { trace, title } = entry;
  const rows = trace ? spanRows(trace) : [];
  const waterfall = { ...timeOf(rows), colours };
  const bad = failed(entry, rows);
  const open = packable && (bad || index === 0) && budget.opened < openLimit;
  if (open) budget.opened += 1;
  const shown = rows.slice(0, Math.min(limits.rowsAtOnce, budget.rows));
  budget.rows -= shown.length;
  const kept = packable ? rows.slice(shown.length, shown.length + budget.rows) : [];
  budget.rows -= kept.length;
  const draw = (each: readonly SpanRow[]): Markup => html`${each.map((row) => renderSpan(row, waterfall))}`;
  const stray = trace?.strayLogs.slice(0, 100) ?? [];
  const body = trace
    ? html`${rows.length > 0 ? renderScale(waterfall.wholeMs) : ''}<ol class="spans" aria-label="Spans of ${title}">${draw(shown)}</ol>${showMore(
        kept.length,
        rows.length - shown.length - kept.length,
        'span',
        slices(kept, limits.rowsPerStep).map((slice) => packed(draw(slice))),
      )}${stray.length > 0 ? html`<h4>Logs whose span never arrived</h4><ul class="notes">${stray.map(renderLog)}</ul>` : ''}`
    : html`<p class="empty">The request was sent, and no span of it arrived.</p>`;
  return html`<li id="trace-${index + 1}"><details class="trace"${open ? html` open` : ''}>${renderHead(entry, waterfall.wholeMs, bad)}${body}</details></li>`;
}

/** Every trace as a waterfall; what does not fit is kept for later or counted, never dropped in silence. */
export function renderTraces(traces: readonly ReportTrace[], services: readonly string[], limits: Limits = defaultLimits): Markup {
  if (traces.length === 0) return html`<p class="empty">No request was sent and no span arrived.</p>`;
  const colours = new Map(services.map((service, index) => [service, index % 8]));
  const page: Page = { colours, limits, budget: { rows: limits.rowsInFile, opened: 0 } };
  const first = traces.slice(0, limits.tracesAtOnce).map((entry, index) => renderTrace(entry, index, page, true));
  const packs: Markup[] = [];
  let at = first.length;
  while (at < traces.length && page.budget.rows > 0) {
    const slice = traces.slice(at, at + limits.tracesAtOnce);
    const from = at;
    packs.push(packed(html`${slice.map((entry, index) => renderTrace(entry, from + index, page, false))}`));
    at += slice.length;
  }
  return html`<ol class="traces">${first}</ol>${showMore(at - first.length, traces.length - at, 'trace', packs)}`;
}

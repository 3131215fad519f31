import { html, type Markup } from '../../report/markup.ts';
import { count, duration } from '../../report/words.ts';
import type { ShownTrace, Times } from './traces-state.ts';

type ShownSpan = ShownTrace['spans'][number];

/** Deeper spans are not indented further; they say their level. */
const DEEPEST = 12;

function renderBar([start = 0, length = 0]: Times, wholeMs: number, colour: number, isBad: boolean): Markup {
  const share = (ms: number): number => (wholeMs > 0 ? Math.min(100, Math.max(0, (ms / wholeMs) * 100)) : 0);
  const left = share(start);
  const width = wholeMs > 0 ? Math.min(share(length), 100 - left) : 100;
  return html`<span class="bar" aria-hidden="true"><i class="c${colour}${isBad ? ' bad' : ''}" style="--l:${left.toFixed(2)};--w:${width.toFixed(2)}"></i></span>`;
}

function fact(name: string, value: unknown): Markup {
  return html`<div><dt>${name}</dt><dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd></div>`;
}

function renderSpan({ span, times }: ShownSpan, id: string, wholeMs: number, colour: number): Markup {
  const isBad = span.status === 'ERROR' || span.orphan === true;
  const code = span.attributes?.['http.response.status_code'];
  const badges = [
    ...(code === undefined ? [] : [html` <span class="badge">${String(code)}</span>`]),
    ...(span.status === 'ERROR' ? [html` <span class="badge bad">Error</span>`] : []),
    ...(span.orphan ? [html` <span class="badge bad">parent never arrived</span>`] : []),
    ...(span.depth > DEEPEST ? [html` <span class="badge">level ${span.depth + 1}</span>`] : []),
  ];
  const facts = [
    fact('scope', span.scope),
    ...Object.entries(span.attributes ?? {}).map(([key, value]) => fact(key, value)),
    ...(span.events ?? []).map(({ name, attributes }) => fact(`event ${name}`, attributes ?? {})),
    ...(span.links ?? []).map((link) => fact('link to', link)),
    ...(span.logs ?? []).map((log) => fact('log', log)),
  ];
  const [, length] = times;
  const clock = length === undefined ? '' : html`${renderBar(times, wholeMs, colour, isBad)}<span class="ms">${duration(length)}</span>`;
  return html`<li class="span" aria-level="${span.depth + 1}" style="--d:${Math.min(span.depth, DEEPEST)}"><details id="${id}"><summary${length === undefined ? html` class="untimed"` : ''}><span class="what"><i class="dot c${colour}" aria-hidden="true"></i><span class="service">${span.service}</span> <span class="kind">${span.kind}</span> <b>${span.name}</b>${badges}</span>${clock}</summary><dl>${facts}</dl></details></li>`;
}

/** One request as a waterfall; those that failed are unfolded. */
export function renderTrace({ request, spans }: ShownTrace, index: number, colours: ReadonlyMap<string, number>): Markup {
  const wholeMs = Math.max(0, ...spans.map(({ times: [start = 0, length = 0] }) => start + length));
  const isBad = request.error !== undefined || spans.some(({ span }) => span.status === 'ERROR' || span.orphan);
  const title = request.request === 'none' ? 'Belongs to no request' : request.request;
  const answer = request.error ?? request.status;
  const head = html`<summary><h3>${title}</h3>${answer === undefined ? '' : html` <span class="badge${isBad ? ' bad' : ''}">${answer}</span>`}${isBad ? html` <span class="badge bad">has errors</span>` : ''} <span class="facts"><span>${count(spans.length, 'span')}</span>${wholeMs > 0 ? html` <span>${duration(wholeMs)}</span>` : ''}${request.scenario === undefined ? '' : html` <span>${request.scenario}</span>`}</span></summary>`;
  const lines = spans.map((one, at) => renderSpan(one, `span-${index}-${at}`, wholeMs, colours.get(one.span.service) ?? 0));
  const body =
    spans.length === 0
      ? html`<p class="empty">No span of it arrived.</p>`
      : html`<ol class="spans" aria-label="Spans of ${title}">${lines}</ol>`;
  return html`<li><details class="trace" id="trace-${index}"${isBad || index === 0 ? html` open` : ''}>${head}${body}</details></li>`;
}

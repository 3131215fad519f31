import type { Attributes, AttributeValue, LogRecord, SpanRecord } from '../trace/index.ts';
import { html, type Markup } from './markup.ts';
import type { SpanRow } from './span-rows.ts';
import { duration } from './words.ts';

/** What all lines of one waterfall share. */
export interface Waterfall {
  readonly startMs: number;
  readonly wholeMs: number;
  /** Service -> its colour, 0 to 7. */
  readonly colours: ReadonlyMap<string, number>;
}

/** Longer values are cut, and say so. */
const valueLimit = 4000;

function cut(text: string): string {
  return text.length <= valueLimit ? text : `${text.slice(0, valueLimit)}… (${text.length - valueLimit} characters more)`;
}

function showValue(value: AttributeValue): string {
  return cut(typeof value === 'string' ? value : JSON.stringify(value));
}

function renderAttributes(attributes: Attributes): Markup[] {
  return Object.keys(attributes)
    .sort()
    .map((key) => html`<div><dt>${key}</dt><dd>${showValue(attributes[key] ?? null)}</dd></div>`);
}

function text(value: AttributeValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function renderEvent(event: SpanRecord['events'][number]): Markup {
  if (event.name !== 'exception') {
    return html`<li class="note"><span class="tag">event</span> ${event.name}${foldAttributes(event.attributes)}</li>`;
  }
  const { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stack } = event.attributes;
  const title = [text(type), text(message)].filter((part) => part !== undefined).join(': ');
  const trace =
    text(stack) === undefined
      ? ''
      : html`<details class="fold"><summary>Stack trace</summary><pre tabindex="0">${cut(text(stack) ?? '')}</pre></details>`;
  return html`<li class="note bad"><span class="tag">exception</span> ${title}${trace}</li>`;
}

function foldAttributes(attributes: Attributes): Markup | undefined {
  const lines = renderAttributes(attributes);
  return lines.length === 0 ? undefined : html`<details class="fold"><summary>Attributes</summary><dl>${lines}</dl></details>`;
}

/** A log's first line is shown; stacks and dumps open on demand. */
const lineLimit = 200;

/** One log record, where it belongs. */
export function renderLog({ severity, event, body, attributes, service }: LogRecord): Markup {
  const words = [event, showValue(body)].filter((part) => part !== '' && part !== 'null').join(' ') || service;
  const line = words.slice(0, lineLimit).split(/\r?\n/)[0] ?? '';
  const whole =
    line === words ? undefined : html`<details class="fold"><summary>Whole text</summary><pre tabindex="0">${words}</pre></details>`;
  const bad = /^(ERROR|FATAL)/.test(severity) ? ' bad' : '';
  return html`<li class="note${bad}"><span class="tag">log ${severity}</span> ${line}${whole ? '…' : ''}${whole}${foldAttributes(attributes)}</li>`;
}

function badges({ node: { span, logs }, orphan, depth }: SpanRow): Markup {
  const code = span.attributes['http.response.status_code'] ?? span.attributes['http.status_code'];
  const exceptions = span.events.filter(({ name }) => name === 'exception').length;
  return html`${code === undefined ? '' : html` <span class="badge">${showValue(code)}</span>`}${span.status === 'ERROR' ? html` <span class="badge bad">Error</span>` : ''}${exceptions > 0 ? html` <span class="badge bad">exception</span>` : ''}${logs.length > 0 ? html` <span class="badge">${logs.length === 1 ? '1 log' : `${logs.length} logs`}</span>` : ''}${orphan ? html` <span class="badge bad">parent never arrived</span>` : ''}${depth > deepest ? html` <span class="badge">level ${depth + 1}</span>` : ''}`;
}

/** Deeper spans are not indented further; they say their level. */
const deepest = 12;

function renderBar({ node: { span } }: SpanRow, { startMs, wholeMs }: Waterfall, colour: number): Markup {
  const share = (ms: number): number => (wholeMs > 0 ? Math.min(100, Math.max(0, (ms / wholeMs) * 100)) : 0);
  const left = share(span.startMs - startMs);
  const width = wholeMs > 0 ? Math.min(share(span.durationMs), 100 - left) : 100;
  return html`<span class="bar" aria-hidden="true"><i class="c${colour}${span.status === 'ERROR' ? ' bad' : ''}" style="--l:${left.toFixed(2)};--w:${width.toFixed(2)}"></i></span>`;
}

function renderFacts({ node: { span } }: SpanRow, startMs: number): Markup {
  const links = span.links.map(({ traceId, spanId }) => html`<div><dt>link to</dt><dd>${traceId} ${spanId}</dd></div>`);
  return html`<dl><div><dt>starts at</dt><dd>+${duration(Math.max(0, span.startMs - startMs))}</dd></div><div><dt>scope</dt><dd>${span.scope}</dd></div><div><dt>status</dt><dd>${span.status}</dd></div>${renderAttributes(span.attributes)}${links}</dl>`;
}

/** One span: its line, its attributes on demand, its exceptions and logs below it. */
export function renderSpan(row: SpanRow, waterfall: Waterfall): Markup {
  const { span, logs } = row.node;
  const colour = waterfall.colours.get(span.service) ?? 0;
  const notes = [...span.events.map(renderEvent), ...logs.map(renderLog)];
  return html`<li class="span" aria-level="${row.depth + 1}" style="--d:${Math.min(row.depth, deepest)}"><details><summary><span class="what"><i class="dot c${colour}" aria-hidden="true"></i><span class="service">${span.service}</span> <span class="kind">${span.kind}</span> <b>${span.name}</b>${badges(row)}</span>${renderBar(row, waterfall, colour)}<span class="ms">${duration(span.durationMs)}</span></summary>${renderFacts(row, waterfall.startMs)}</details>${notes.length > 0 ? html`<ul class="notes">${notes}</ul>` : ''}</li>`;
}

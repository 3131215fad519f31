import { boxHeight, boxWidth, layOut, type MapBox } from './map-layout.ts';
import { html, type Markup } from './markup.ts';
import { CALLER, type ServiceCall, UNKNOWN } from './service-calls.ts';
import { count, grouped } from './words.ts';

/** More services make a drawing nobody reads; the table says the same. */
const boxLimit = 16;
const traceLimit = 12;

function shorten(name: string): string {
  return name.length > 19 ? `${name.slice(0, 18)}…` : name;
}

function renderBox({ name, x, y }: MapBox, services: readonly string[]): Markup {
  const at = services.indexOf(name);
  const tone = at < 0 ? 'outside' : `c${at % 8}`;
  return html`<g class="box ${tone}"><rect x="${x + 1}" y="${y}" width="${boxWidth - 2}" height="${boxHeight}" rx="8"/><text x="${x + boxWidth / 2}" y="${y + boxHeight / 2 + 5}">${shorten(name)}</text></g>`;
}

/** Room at the sides for arrows between boxes of one column. */
const sideRoom = 46;

interface Curve {
  readonly d: string;
  /** Where its number stands. */
  readonly x: number;
  readonly y: number;
}

/** Within a column: down on the right side of the boxes, up on the left. */
function curveBeside(from: MapBox, to: MapBox): Curve {
  const down = to.y > from.y;
  const way = down ? 1 : -1;
  const side = down ? from.x + boxWidth : from.x;
  const bulge = side + way * (sideRoom - 10);
  const [y1, y2] = [from.y + boxHeight / 2 + way * 6, to.y + boxHeight / 2 - way * 6];
  return { d: `M ${side} ${y1} C ${bulge} ${y1}, ${bulge} ${y2}, ${side + way * 3} ${y2}`, x: bulge + way * 6, y: (y1 + y2) / 2 + 4 };
}

function curveForward(from: MapBox, to: MapBox): Curve {
  const [x1, y1, x2, y2] = [from.x + boxWidth, from.y + boxHeight / 2, to.x - 3, to.y + boxHeight / 2];
  return { d: `M ${x1} ${y1} C ${x1 + 45} ${y1}, ${x2 - 45} ${y2}, ${x2} ${y2}`, x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 7 };
}

/** Below the boxes. */
function curveBack(from: MapBox, to: MapBox): Curve {
  const [x1, y1, x2, y2] = [from.x + boxWidth / 2, from.y + boxHeight, to.x + boxWidth / 2, to.y + boxHeight + 3];
  return { d: `M ${x1} ${y1} C ${x1} ${y1 + 30}, ${x2} ${y2 + 30}, ${x2} ${y2}`, x: (x1 + x2) / 2, y: (y1 + y2) / 2 + 21 };
}

function renderArrow(call: ServiceCall, boxes: ReadonlyMap<string, MapBox>): Markup {
  const from = boxes.get(call.from);
  const to = boxes.get(call.to);
  if (!from || !to) return html``;
  const curve = to.x === from.x ? curveBeside : to.x > from.x ? curveForward : curveBack;
  const { d, x, y } = curve(from, to);
  const label = html`<text class="count" x="${x}" y="${y}">${grouped(call.count)}×</text>`;
  return html`<path class="arrow${call.outside > 0 ? ' bad' : ''}" d="${d}" marker-end="url(#tip)"/>${label}`;
}

/** The drawing repeats the table below it, so readers of the page's text skip it. */
function renderDrawing(calls: readonly ServiceCall[], services: readonly string[]): Markup | undefined {
  const { width, height, boxes } = layOut(calls);
  if (boxes.length > boxLimit) return undefined;
  const whole = width + 2 * sideRoom;
  const byName = new Map(boxes.map((box) => [box.name, box]));
  return html`<svg class="map" viewBox="${-sideRoom} 0 ${whole} ${height + 12}" style="max-width:${whole}px" aria-hidden="true" focusable="false"><defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>${calls.map((call) => renderArrow(call, byName))}${boxes.map((box) => renderBox(box, services))}</svg>`;
}

/** Calls that no request led to: fine for timers, otherwise the context was lost on the way. */
function warningOf({ from, count: times, outside }: ServiceCall): Markup | undefined {
  if (from === UNKNOWN) return html` <span class="badge bad">no trace context arrived</span>`;
  if (outside === 0) return undefined;
  return html` <span class="badge bad">${outside === times ? '' : `${grouped(outside)} `}outside every request</span>`;
}

function renderCall(call: ServiceCall): Markup {
  const { from, to, count: times, kinds, traces } = call;
  const links = traces
    .slice(0, traceLimit)
    .map((index) => html`<a href="#trace-${index + 1}"><span class="away">trace </span>${index + 1}</a> `);
  const more = traces.length > traceLimit ? html`<span class="quiet">and ${grouped(traces.length - traceLimit)} more</span>` : '';
  const warning = warningOf(call);
  return html`<tr role="row"><th role="rowheader" scope="row"><span class="route"><span>${from}</span> <span class="arrow-text" aria-hidden="true">→</span><span class="away"> calls </span> <span>${to}</span></span>${warning}</th><td role="cell">${count(times, 'time')} <span class="quiet">${kinds.join(', ')}</span></td><td role="cell" class="links">${links}${more}</td></tr>`;
}

/** Which service called which, and where to see it. */
export function renderMap(calls: readonly ServiceCall[], services: readonly string[]): Markup {
  if (calls.length === 0) return html`<p class="empty">No call between services was seen.</p>`;
  const caller = calls.some(({ from }) => from === CALLER)
    ? html`<p class="quiet"><b>${CALLER}</b> stands for the requests that this run sent.</p>`
    : '';
  return html`${renderDrawing(calls, services)}<table role="table" class="calls"><caption class="away">Calls between services</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Call</th><th role="columnheader" scope="col">How often</th><th role="columnheader" scope="col">In traces</th></tr></thead><tbody role="rowgroup">${calls.map(renderCall)}</tbody></table>${caller}`;
}

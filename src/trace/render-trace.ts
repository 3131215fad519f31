import { createColors } from 'picocolors';
import type { SpanNode, Trace } from './build-traces.ts';

export interface RenderTraceOptions {
  readonly color: boolean;
  /** Durations differ from run to run, so documents leave them out. Default true. */
  readonly durations?: boolean;
}

type Colors = ReturnType<typeof createColors>;

const kindColors = {
  SERVER: 'cyan',
  CLIENT: 'magenta',
  PRODUCER: 'magenta',
  CONSUMER: 'cyan',
  INTERNAL: 'dim',
  UNSPECIFIED: 'dim',
} as const;

interface Row {
  readonly lead: string;
  readonly node: SpanNode;
  readonly orphan: boolean;
}

function byStart(nodes: readonly SpanNode[]): SpanNode[] {
  return [...nodes].sort((a, b) => a.span.startMs - b.span.startMs || (a.span.name < b.span.name ? -1 : 1));
}

/** Spans in the order of their lines; below this level the lines stay where they are. */
const indentLimit = 40;

function rows(roots: readonly SpanNode[], orphans: readonly SpanNode[]): Row[] {
  const lost = new Set(orphans);
  const all: Row[] = [];
  const stack: { readonly node: SpanNode; readonly last: boolean; readonly indent: string }[] = [];
  const push = (ordered: readonly SpanNode[], indent: string): void => {
    for (let at = ordered.length - 1; at >= 0; at -= 1) {
      const node = ordered[at];
      if (node) stack.push({ node, last: at === ordered.length - 1, indent });
    }
  };
  push([...byStart(roots), ...byStart(orphans)], '');
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, last, indent } = next;
    all.push({ lead: `${indent}${last ? '└─ ' : '├─ '}`, node, orphan: lost.has(node) });
    push(byStart(node.children), indent.length < indentLimit * 3 ? `${indent}${last ? '   ' : '│  '}` : indent);
  }
  return all;
}

function exceptionOf({ span }: SpanNode): string | undefined {
  const event = span.events.find(({ name }) => name === 'exception');
  const type = event?.attributes['exception.type'];
  const message = event?.attributes['exception.message'];
  if (type === undefined && message === undefined) return undefined;
  return oneLine([type, message].filter((part) => typeof part === 'string').join(': '));
}

function notes(node: SpanNode, orphan: boolean, colors: Colors): string[] {
  const code = node.span.attributes['http.response.status_code'] ?? node.span.attributes['http.status_code'];
  const exception = exceptionOf(node);
  const logs = node.logs.length;
  return [
    ...(code === undefined ? [] : [String(code)]),
    ...(node.span.status === 'ERROR' ? [colors.red('ERROR')] : []),
    ...(exception === undefined ? [] : [colors.red(exception)]),
    ...(logs === 0 ? [] : [colors.dim(logs === 1 ? '1 log' : `${logs} logs`)]),
    ...(orphan ? [colors.yellow('its parent never arrived')] : []),
  ];
}

/** What a program put into its spans stays on the line of its span. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those that move the cursor, ESC aside, which colours are made of
  return text.replace(/[\u0000-\u001a\u001c-\u001f\u007f\u0085\u2028\u2029]+/g, ' ');
}

function line({ lead, node, orphan }: Row, width: number, colors: Colors): string {
  const { kind } = node.span;
  const [service, name] = [oneLine(node.span.service), oneLine(node.span.name)];
  const plain = `${lead}${service}  ${kind} ${name}`;
  const painted = `${colors.dim(lead)}${colors.bold(service)}  ${colors[kindColors[kind]](kind)} ${name}`;
  const tail = notes(node, orphan, colors);
  return tail.length === 0 ? painted : `${painted}${' '.repeat(width - plain.length)}  ${tail.join('  ')}`;
}

function duration(node: SpanNode, whole: number, colors: Colors): string {
  const cells = whole > 0 ? Math.max(1, Math.round((node.span.durationMs / whole) * 10)) : 1;
  return `${node.span.durationMs.toFixed(1).padStart(8)} ms ${colors.green('▇'.repeat(Math.min(cells, 10)).padEnd(10))} `;
}

const lineLimit = 2_000;

function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), 0);
}

/** One trace as a tree for the terminal. */
export function renderTrace(trace: Trace, options: RenderTraceOptions): string {
  const colors = createColors(options.color);
  const all = rows(trace.roots, trace.orphans);
  const shown = all.slice(0, lineLimit);
  const width = most(
    shown.map(({ lead, node }) => `${lead}${oneLine(`${node.span.service}  ${node.span.kind} ${node.span.name}`)}`.length),
  );
  const whole = most(all.map(({ node }) => node.span.durationMs));
  const lines = shown.map((row) =>
    options.durations === false
      ? line(row, width, colors).trimEnd()
      : `${duration(row.node, whole, colors)}${line(row, width, colors)}`.trimEnd(),
  );
  const spans = trace.spanCount === 1 ? '1 span' : `${trace.spanCount} spans`;
  const services = trace.services.length === 1 ? '1 service' : `${trace.services.length} services`;
  const rest = all.length > shown.length ? `… ${all.length - shown.length} more spans\n` : '';
  return `${colors.bold('trace')} ${spans}, ${services}\n${lines.map((text) => `${text}\n`).join('')}${rest}`;
}

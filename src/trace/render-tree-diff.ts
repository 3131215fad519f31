import { createColors } from 'picocolors';
import type { Difference, SpanPath } from './difference.ts';
import type { Golden } from './golden.ts';
import { groupBy } from './group-by.ts';
import { labelOf, type NormalSpan } from './normal-form.ts';

interface Node {
  readonly label: string;
  readonly notes: string[];
  readonly children: Node[];
  /** Children of the recording by label, made when first asked for. */
  alike?: Map<string, Alike>;
  mark: ' ' | '-' | '+' | '~';
  /** Spans a mark stands for that are not drawn. */
  hidden: number;
}

interface Alike {
  readonly nodes: Node[];
  /** Those before it have a mark. */
  next: number;
  /** The first that was moved, renamed or changed. */
  touched?: Node;
}

function blank(label: string, children: Node[] = []): Node {
  return { label, notes: [], children, mark: ' ', hidden: 0 };
}

function toNode(span: NormalSpan): Node {
  return blank(labelOf(span), (span.children ?? []).map(toNode));
}

/** The child with that label, one that has no mark yet if there are several; a new one when the place is only in the run. */
function childOf(parent: Node, label: string): Node {
  const alike = alikeIn(parent, label);
  while (alike.nodes[alike.next] && alike.nodes[alike.next]?.mark !== ' ') alike.next += 1;
  const found = alike.nodes[alike.next] ?? alike.nodes[0];
  if (found) return found;
  const added = blank(label);
  parent.children.push(added);
  alike.nodes.push(added);
  return added;
}

function alikeIn(parent: Node, label: string): Alike {
  if (!parent.alike) {
    const groups = groupBy(
      parent.children.filter(({ mark }) => mark !== '+'),
      (child) => child.label,
    );
    parent.alike = new Map([...groups].map(([name, nodes]) => [name, { nodes, next: 0 }]));
  }
  const alike = parent.alike.get(label) ?? { nodes: [], next: 0 };
  parent.alike.set(label, alike);
  return alike;
}

function shortPath(at: SpanPath, request: string | undefined): string {
  const place = at.at(-1) ?? '';
  if (at[0] !== request) return `the trace of ${at[0]}`;
  return at.length === 1 ? 'the top' : place;
}

function noteOf(difference: Difference): string {
  switch (difference.kind) {
    case 'renamed':
      return `renamed to ${difference.to}`;
    case 'moved':
      return `moved to ${shortPath(difference.to, difference.at[0])}`;
    case 'merged':
      return `merged into the trace of ${difference.to[0]}`;
    case 'split':
      return 'split: it started a trace of its own';
    case 'orphan':
      return 'orphan: its parent never arrived';
    case 'changed':
      return `${difference.what} was ${difference.expected}, is ${difference.actual}`;
    default:
      return difference.kind;
  }
}

function markTree(root: Node, difference: Difference): void {
  const parent = difference.at.slice(1).reduce((node, label) => childOf(node, label), root);
  if (difference.kind === 'extra') {
    parent.children.push({ ...blank(difference.span), notes: ['extra'], mark: '+', hidden: difference.below });
    return;
  }
  // A change is told after the way its span went, so it belongs to a span that may be marked already.
  const alike = alikeIn(parent, difference.span);
  const node = difference.kind === 'changed' && alike.touched ? alike.touched : childOf(parent, difference.span);
  node.mark = difference.kind === 'missing' ? '-' : '~';
  if (node.mark === '~') alike.touched ??= node;
  node.notes.push(noteOf(difference));
}

function isQuiet(node: Node): boolean {
  return node.mark === ' ' && node.children.every(isQuiet);
}

function sizeOf(node: Node): number {
  return node.children.reduce((sum, child) => sum + sizeOf(child), 1);
}

interface Line {
  readonly mark: Node['mark'];
  readonly text: string;
}

function linesOf(nodes: readonly Node[], indent: string, gone: boolean): Line[] {
  const lines = nodes
    .filter((node) => gone || !isQuiet(node))
    .flatMap((node): Line[] => {
      const mark = gone && node.mark === ' ' ? '-' : node.mark;
      const more = node.hidden > 0 ? [`with ${node.hidden} below it`] : [];
      const notes = [...node.notes, ...more].map((note) => `  (${note})`).join('');
      return [{ mark, text: `${indent}${node.label}${notes}` }, ...linesOf(node.children, `${indent}  `, mark === '-')];
    });
  const quiet = gone ? 0 : nodes.filter(isQuiet).reduce((sum, node) => sum + sizeOf(node), 0);
  const rest = quiet === 1 ? '1 span' : `${quiet} spans`;
  return quiet === 0 ? lines : [...lines, { mark: ' ', text: `${indent}… ${rest} as recorded` }];
}

const lineLimit = 200;

/** The recorded trees with every difference at its place; what is as recorded is folded. Empty text for none. */
export function renderTreeDiff(
  expected: Golden,
  differences: readonly Difference[],
  options: { readonly color: boolean } = { color: false },
): string {
  const { red, green, yellow, bold } = createColors(options.color);
  const paint = { '-': red, '+': green, '~': yellow, ' ': (text: string): string => text };
  return [...groupBy(differences, ({ at }) => at[0] ?? '')]
    .map(([request, own]) => {
      const recorded = expected.traces.find((trace) => trace.request === request.replace(/ \(\d+\)$/, ''));
      const root = blank(request, (recorded?.spans ?? []).map(toNode));
      for (const difference of own) markTree(root, difference);
      const lines = linesOf(root.children, '', false);
      const cut = lines.length > lineLimit ? [{ mark: ' ' as const, text: `… ${lines.length - lineLimit} more lines` }] : [];
      return `${bold(request)}\n${[...lines.slice(0, lineLimit), ...cut].map(({ mark, text }) => `${paint[mark](`  ${mark} ${text}`)}\n`).join('')}`;
    })
    .join('');
}

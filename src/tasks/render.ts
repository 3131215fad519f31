import { createColors } from 'picocolors';
import { pairOf, type TaskGraph } from './graph.ts';
import type { StepStatus, TaskStatus } from './status.ts';

const marks = { pending: '·', ready: '○', running: '▶', interrupted: '!', waiting: '?', failed: '✗', done: '✓' } as const;
const paints = {
  pending: 'dim',
  ready: 'cyan',
  running: 'cyan',
  interrupted: 'yellow',
  waiting: 'yellow',
  failed: 'red',
  done: 'green',
} as const;

/** The steps as a tree for a terminal: a step stands below the last of those it comes after. */
export function renderTree(status: TaskStatus, color = false): string {
  const colors = createColors(color);
  const below = new Map<string, StepStatus[]>();
  for (const each of status.steps) {
    const parent = each.step.after.at(-1) ?? '';
    below.set(parent, [...(below.get(parent) ?? []), each]);
  }
  const lines: string[] = [];
  const draw = (each: StepStatus, indent: string): void => {
    const { step, state } = each;
    const also = step.after.length > 1 ? colors.dim(` after ${step.after.join(', ')}`) : '';
    const edges = step.propagates === undefined ? '' : colors.dim(` when ${step.propagates.map(pairOf).join(', ')}`);
    lines.push(`${indent}${colors[paints[state]](marks[state])} ${step.id}${also}${edges}${noteOf(each, colors.dim)}`);
    const children = below.get(step.id) ?? [];
    // A chain stays in its column; only branches are indented.
    for (const child of children) draw(child, children.length > 1 ? `${indent}  ` : indent);
  };
  for (const each of below.get('') ?? []) draw(each, '  ');
  return lines.join('\n');
}

function noteOf({ state, step, failure, output, attempts }: StepStatus, dim: (text: string) => string): string {
  if (state === 'failed' && failure !== undefined) return `  ${failure.code} ${failure.reason}`;
  if (state === 'waiting') return `  ${String(output?.['question'] ?? output?.['instruction'] ?? '')}`;
  if (state === 'interrupted') return '  its runner ended in it; the next run does it again';
  if (state === 'done') return attempts > 1 ? dim(`  ${attempts} attempts`) : '';
  return 'command' in step.input ? dim(`  ${step.input.command}`) : '';
}

/** The graph for a page that draws Mermaid, e.g. a pull request. */
export function renderMermaid({ graph, steps }: TaskStatus): string {
  const names = new Map(graph.steps.map(({ id }, index) => [id, `s${index}`]));
  const nodes = steps.map(({ step, state }) => `  ${names.get(step.id)}${shapeOf(step.kind, `${step.id}`)}:::${state}`);
  const edges = graph.steps.flatMap(({ id, after }) => after.map((from) => `  ${names.get(from)} --> ${names.get(id)}`));
  const propagates = graph.steps.flatMap((step) =>
    (step.propagates ?? []).flatMap((edge) =>
      seenBy(graph, pairOf(edge)).map((from) => `  ${names.get(from)} -. "${pairOf(edge)}" .-> ${names.get(step.id)}`),
    ),
  );
  return ['flowchart TD', ...nodes, ...edges, ...propagates, ...classes].join('\n');
}

function seenBy({ steps }: TaskGraph, pair: string): readonly string[] {
  return steps.flatMap(({ id, kind, input }) => (kind === 'observe' && input.pairs.includes(pair) ? [id] : []));
}

const classes = [
  '  classDef done fill:#d3f0dc,stroke:#2e7d4f',
  '  classDef failed fill:#f9d6d5,stroke:#b3261e',
  '  classDef waiting fill:#fdeec8,stroke:#9a6700',
];

function shapeOf(kind: TaskGraph['steps'][number]['kind'], label: string): string {
  if (kind === 'gate') return `{{"${label}"}}`;
  return kind === 'agent' ? `(["${label}"])` : `["${label}"]`;
}

import { type Difference, renderDifferences } from '../trace/index.ts';
import type { GoldenReport } from '../verify/index.ts';
import { type DifferenceNode, differenceTree } from './difference-tree.ts';
import { html, type Markup } from './markup.ts';
import { count, grouped } from './words.ts';

const statuses: Record<GoldenReport['status'], readonly [sign: string, word: string, tone: string]> = {
  equal: ['✓', 'Same as recorded', 'pass'],
  written: ['✓', 'Recorded by this run', 'pass'],
  differs: ['✕', 'Differs', 'fail'],
  missing: ['–', 'Not recorded yet', 'skip'],
};

const signs: Readonly<Record<string, readonly [sign: string, tone: string]>> = {
  missing: ['−', 'gone'],
  split: ['−', 'gone'],
  orphan: ['−', 'gone'],
  extra: ['+', 'came'],
};

const differenceLimit = 500;

function pathOf(at: readonly string[]): string {
  return at.join(' › ');
}

function explain(difference: Difference): Markup {
  const span = html`<b>${difference.span}</b>`;
  const below =
    'below' in difference && difference.below > 0 ? html` <span class="quiet">and ${count(difference.below, 'span')} below it</span>` : '';
  switch (difference.kind) {
    case 'missing':
    case 'extra':
      return html`${span}${below}`;
    case 'renamed':
      return html`<del>${difference.span}</del> is now <ins>${difference.to}</ins>`;
    case 'moved':
      return html`${span} now sits under <ins>${pathOf(difference.to)}</ins>`;
    case 'merged':
      return html`${span} joined the trace of <ins>${pathOf(difference.to)}</ins>`;
    case 'split':
      return html`${span} started a trace of its own`;
    case 'orphan':
      return html`${span}: its parent never arrived`;
    case 'changed':
      return html`${span}: <code>${difference.what}</code> was <del>${difference.expected}</del>, is <ins>${difference.actual}</ins>`;
    default:
      return html`${renderDifferences([difference]).trim()}`;
  }
}

function renderDifference(difference: Difference): Markup {
  const [sign, tone] = signs[difference.kind] ?? ['~', 'changed'];
  return html`<li class="difference ${tone}"><span class="pill"><span aria-hidden="true">${sign}</span> ${difference.kind}</span> ${explain(difference)}</li>`;
}

function renderNode(node: DifferenceNode): Markup {
  return html`<li><span class="step">${node.label}</span>${renderBranch(node)}</li>`;
}

function renderBranch({ differences, children }: DifferenceNode): Markup {
  return html`<ul>${differences.map(renderDifference)}${[...children.values()].map(renderNode)}</ul>`;
}

function renderGoldenFile({ scenario, file, status, differences }: GoldenReport): Markup {
  const [sign, word, tone] = statuses[status];
  const shown = differences.slice(0, differenceLimit);
  const rest = differences.length - shown.length;
  const tree = html`<div class="tree">${renderBranch(differenceTree(shown))}</div>`;
  const more =
    rest > 0 ? html`<p class="quiet">${grouped(rest)} more differences are not shown; <code>verify --json</code> has all.</p>` : '';
  return html`<article class="golden${differences.length > 0 ? '' : ' same'}"><h3>${scenario}</h3><p class="${tone}"><span class="pill"><span aria-hidden="true">${sign}</span> ${word}</span> <code>${file}</code>${differences.length > 0 ? html` <span class="quiet">${count(differences.length, 'difference')}</span>` : ''}</p>${differences.length > 0 ? html`${tree}${more}` : ''}</article>`;
}

/** What departed from the golden traces, as a tree of where. */
export function renderGolden(golden: readonly GoldenReport[]): Markup {
  if (golden.length === 0) return html`<p class="empty">No scenario was compared.</p>`;
  const differing = [...golden].sort((a, b) => b.differences.length - a.differences.length);
  return html`${differing.map(renderGoldenFile)}`;
}

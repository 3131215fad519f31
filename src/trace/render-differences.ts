import { createColors } from 'picocolors';
import type { Difference, SpanPath } from './difference.ts';

function place(at: SpanPath): string {
  return at.slice(1).join(' > ') || 'the top';
}

function below(count: number): string {
  return count === 0 ? '' : count === 1 ? ' and the span below it' : ` and the ${count} spans below it`;
}

function sentence(difference: Difference): string {
  const { span, at } = difference;
  switch (difference.kind) {
    case 'missing':
      return `- missing  ${span}${below(difference.below)}, under ${place(at)}`;
    case 'extra':
      return `+ extra    ${span}${below(difference.below)}, under ${place(at)}`;
    case 'renamed':
      return `~ renamed  ${span} -> ${difference.to}`;
    case 'moved':
      return difference.to[0] === at[0]
        ? `~ moved    ${span}, from ${place(at)} to ${place(difference.to)}`
        : `~ moved    ${span}, from ${place(at)} to the trace of ${difference.to[0]}`;
    case 'split':
      return `- split    ${span} started a trace of its own instead of joining ${place(at)}`;
    case 'merged':
      return `~ merged   ${span} joined the trace of ${difference.to[0]}, under ${place(difference.to)}`;
    case 'orphan':
      return `~ orphan   ${span}, under ${place(at)}: its parent never arrived`;
    case 'changed':
      return `~ changed  ${span}: ${difference.what} was ${difference.expected}, is ${difference.actual}`;
  }
}

/** Differences as lines for a person, grouped by request; empty text for none. */
export function renderDifferences(differences: readonly Difference[], options: { readonly color: boolean } = { color: false }): string {
  const colors = createColors(options.color);
  const paint = (line: string): string =>
    line.startsWith('-') ? colors.red(line) : line.startsWith('+') ? colors.green(line) : colors.yellow(line);
  const requests = [...new Set(differences.map(({ at }) => at[0] ?? ''))];
  return requests
    .map((request) => {
      const own = differences.filter(({ at }) => (at[0] ?? '') === request);
      return `${request}\n${own.map((difference) => `  ${paint(sentence(difference))}\n`).join('')}`;
    })
    .join('');
}

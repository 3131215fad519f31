import { createColors } from 'picocolors';
import type { ServiceScore } from './score-services.ts';

const paints = { Excellent: 'green', Good: 'green', 'Needs Improvement': 'yellow', Poor: 'red' } as const;

/** Scores for a person: one line for each service, then each rule that fails with the names of what fails it. */
export function renderScores(scores: readonly ServiceScore[], color: boolean): string {
  if (scores.length === 0) return '';
  const colors = createColors(color);
  const width = Math.max(...scores.map(({ service }) => service.length));
  const lines = scores.map(({ service, score, category, rules, noise }) => {
    const head = `${service.padEnd(width)}  ${colors[paints[category]](`${score} ${category}`)}`;
    const budget = `INTERNAL spans ${noise.internal.most} of ${noise.internal.limit}, short spans ${noise.short.most} of ${noise.short.limit}`;
    const failed = rules
      .filter(({ passed }) => !passed)
      .map(
        ({ id, impact, failing }) =>
          `      ${id} ${impact}: ${failing.slice(0, 5).join(', ')}${failing.length > 5 ? ` and ${failing.length - 5} more` : ''}\n`,
      );
    return `  ${head}  ${colors.dim(budget)}\n${failed.join('')}`;
  });
  const [first] = scores;
  const left =
    first === undefined || first.undecided.length === 0
      ? ''
      : `  ${colors.dim(`not complete: ${first.undecided.length} rules of the specification are not decided by one run (docs/score.md)`)}\n`;
  return `\n${colors.bold('Instrumentation Score')}\n${lines.join('')}${left}`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [down, from] of [...a].entries()) {
    const next = [down + 1];
    for (const [across, to] of [...b].entries())
      next.push(Math.min((row[across + 1] ?? 0) + 1, (next[across] ?? 0) + 1, (row[across] ?? 0) + (from === to ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that was probably meant: at most two letters away, and less than half of the word. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const [best] = known
    .map((each) => ({ each, away: distance(lower, each.toLowerCase()) }))
    .filter(({ each, away }) => away <= 2 && away * 2 < Math.max(each.length, lower.length))
    .sort((a, b) => a.away - b.away);
  return best?.each;
}

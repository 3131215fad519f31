/** A text cut into words, numbers and single signs. */
function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|[^\p{L}\p{N}_]/gu) ?? [];
}

/** What stands for a token that differs from run to run. */
const any = '\u0000';

/** The tokens that two runs of the same version have in common; undefined when they are not of one form. */
function formOf(one: string, other: string): string[] | undefined {
  const [a, b] = [tokensOf(one), tokensOf(other)];
  if (a.length !== b.length) return undefined;
  return a.map((token, index) => (token === b[index] ? token : any));
}

function fitsForm(text: string, form: readonly string[]): boolean {
  const tokens = tokensOf(text);
  // A value of another kind in a place that varies (a word for a number) is a difference like any other.
  return tokens.length === form.length && form.every((token, index) => token === any || token === tokens[index]);
}

/** Whether a text is what two runs of the version before might have said, too: equal wherever those two are. */
export function isWithin(after: string, before: string, again: string): boolean {
  if (after === before || after === again) return true;
  if (before === again) return false;
  const form = formOf(before, again);
  return form !== undefined && fitsForm(after, form);
}

function withoutEqual(some: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return some.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}

/** The same for output, whose lines come in any order: each line of one run that is not in the other is a form, with its like there. */
export function areLinesWithin(after: string, before: string, again: string): boolean {
  const [a, b, c] = [before, again, after].map((text) => text.split('\n')) as [string[], string[], string[]];
  const [onlyA, onlyB] = [withoutEqual(a, b), withoutEqual(b, a)];
  const forms = onlyA.flatMap((line) => {
    const twin = onlyB.findIndex((other) => formOf(line, other) !== undefined && likeness(line, other) >= 0.5);
    if (twin < 0) return [];
    const [other = ''] = onlyB.splice(twin, 1);
    return [formOf(line, other) ?? []];
  });
  const extra = withoutEqual(c, a);
  const missing = withoutEqual(a, c);
  if (extra.length !== missing.length) return false;
  return extra.every((line) => {
    const at = forms.findIndex((form) => fitsForm(line, form));
    if (at >= 0) forms.splice(at, 1);
    return at >= 0;
  });
}

/** How many of their tokens two lines share, place by place. */
function likeness(one: string, other: string): number {
  const form = formOf(one, other) ?? [];
  return form.length === 0 ? 0 : form.filter((token) => token !== any).length / form.length;
}

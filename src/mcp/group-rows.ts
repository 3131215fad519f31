/** A row of an answer, and the list it belongs to. */
export type Row = readonly [list: string, item: unknown];

/** Rows as the lists of an answer, in the order in which each list first occurs. */
export function groupRows(rows: readonly Row[]): Readonly<Record<string, readonly unknown[]>> {
  const lists: Record<string, unknown[]> = {};
  for (const [list, item] of rows) lists[list] = [...(lists[list] ?? []), item];
  return lists;
}

/** All items of one list as rows. */
export function rowsOf(list: string, items: readonly unknown[]): readonly Row[] {
  return items.map((item) => [list, item] as const);
}

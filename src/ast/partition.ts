/** Of a list whose first items pass a test and whose others do not: how many pass. Halves the list, so it may be long. */
export function partition<T>(list: readonly T[], isBefore: (item: T) => boolean): number {
  let from = 0;
  for (let to = list.length; from < to; ) {
    const middle = (from + to) >> 1;
    const item = list[middle];
    if (item !== undefined && isBefore(item)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** `1 span`, `2 spans`. */
export function plural(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}

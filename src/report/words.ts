/** `1 span`, `12,000 spans`. */
export function count(amount: number, one: string): string {
  return `${grouped(amount)} ${amount === 1 ? one : `${one}s`}`;
}

/** `50,000`, the same on every machine. */
export function grouped(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A duration that can be compared at a glance. */
export function duration(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 100 ? `${Math.round(ms)} ms` : `${ms.toFixed(ms >= 10 ? 1 : 2)} ms`;
}

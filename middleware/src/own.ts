/** `Object.hasOwn`, which came with Node 16.9. */
export function hasOwn(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && owns.call(value, name);
}

const owns = Object.prototype.hasOwnProperty;

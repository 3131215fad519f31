/** Leaves something of ours on an object of the program. Not enumerable: nothing of it shows when the program prints or copies the object. */
export function keep(object: object, key: symbol, value: unknown): void {
  Object.defineProperty(object, key, { configurable: true, enumerable: false, writable: true, value });
}

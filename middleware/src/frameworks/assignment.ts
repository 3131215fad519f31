/**
 * Sees a property being set on objects that inherit from a prototype, which get it as they would have: no method is replaced, so no
 * stack trace and no listener tells that somebody looks.
 */
export function watchAssignment<This extends object>(prototype: object, key: string, see: (self: This, value: unknown) => void): void {
  const known = Object.getOwnPropertyDescriptor(prototype, key);
  if (known && (known.get || known.value !== undefined)) return;
  Object.defineProperty(prototype, key, {
    configurable: true,
    get: () => undefined,
    set(this: This, value: unknown) {
      // An object that is made to be a prototype; those that inherit from it are seen as well.
      if (value === undefined) return;
      Object.defineProperty(this, key, { configurable: true, enumerable: true, writable: true, value });
      try {
        see(this, value);
      } catch {
        // Telemetry never stops a request.
      }
    },
  });
}

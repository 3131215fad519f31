// biome-ignore lint/suspicious/noExplicitAny: methods of libraries, called with whatever their callers pass
export type Method = (this: any, ...args: any[]) => unknown;

const made = new WeakSet<object>();

/** Puts a method in the place of one that is there; it keeps name, length and the rest. Once only: libraries are found more than once. */
export function replaceMethod(owner: unknown, name: PropertyKey, make: (original: Method) => Method): boolean {
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null) return false;
  const descriptor = descriptorOf(owner, name);
  const original: unknown = descriptor && descriptor.value;
  if (descriptor === undefined || typeof original !== 'function' || made.has(original)) return false;
  const method = make(original as Method);
  made.add(method);
  for (const key of ['name', 'length'] as const) Object.defineProperty(method, key, { configurable: true, value: original[key] });
  Object.defineProperty(owner, name, { ...descriptor, value: method });
  return true;
}

function descriptorOf(owner: object, name: PropertyKey): PropertyDescriptor | undefined {
  for (let one: object | null = owner; one !== null; one = Object.getPrototypeOf(one)) {
    const descriptor = Object.getOwnPropertyDescriptor(one, name);
    if (descriptor !== undefined) return descriptor;
  }
  return undefined;
}

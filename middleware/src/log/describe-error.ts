/** Attributes of an error without running a getter of the program. */
export function describeError(error: object): Record<string, string> {
  const attributes: Record<string, string> = {};
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'string') attributes[name] = value;
  };
  add('exception.type', nameOf(error));
  add('exception.message', read(error, 'message'));
  add('exception.stacktrace', read(error, 'stack'));
  return attributes;
}

/** What telemetry reads of an error later on, as it is now. */
export function copyOf(error: object): Error {
  const property = (key: string): PropertyDescriptor => ({ configurable: true, writable: true, value: read(error, key) });
  return Object.create(Error.prototype, {
    name: { ...property('name'), value: nameOf(error) },
    message: property('message'),
    stack: property('stack'),
  });
}

/** An error whose name is a getter is called by its class. */
function nameOf(error: object): unknown {
  const name = read(error, 'name');
  const made = name === undefined ? read(error, 'constructor') : undefined;
  return typeof made === 'function' ? read(made, 'name') : name;
}

function read(error: object, key: string): unknown {
  for (let holder: object | null = error; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor === undefined) continue;
    if (descriptor.get === undefined) return descriptor.value;
    // V8 keeps stacks behind an accessor of its own.
    return isNative(descriptor.get) ? Reflect.apply(descriptor.get, error, []) : undefined;
  }
  return undefined;
}

function isNative(getter: Function): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(getter));
}

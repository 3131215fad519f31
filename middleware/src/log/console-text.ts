import { format, formatWithOptions } from 'util';
import { withoutColours } from './colours';

type Write = (this: unknown, ...args: unknown[]) => unknown;

/** What one call of a console method printed, without the indentation of groups; nothing yet when it printed nothing. */
interface Printed {
  text: string | undefined;
}

let printed: Printed | undefined;
let isWatched = false;

/**
 * Every method of Node's console formats its arguments and gives the text to one inner function, which a symbol names. Reading the text there
 * runs no getter, `toJSON` or inspect function of the program a second time.
 */
export function watchConsole(output: object): void {
  const key = Object.getOwnPropertySymbols(output).find(({ description }) => description === 'kWriteToConsole');
  const descriptor = key && Object.getOwnPropertyDescriptor(output, key);
  if (key === undefined || descriptor === undefined || typeof descriptor.value !== 'function') return;
  const original: Write = descriptor.value;
  const write = function (this: unknown, ...args: unknown[]): unknown {
    if (printed !== undefined && printed.text === undefined && typeof args[1] === 'string') printed.text = args[1];
    return Reflect.apply(original, this, args);
  };
  isWatched = Reflect.defineProperty(output, key, { ...descriptor, value: write });
}

/** Calls a console method and gives what it printed to `use`, after that. */
export function callAndRead(original: Function, self: unknown, args: unknown[], use: (text: string) => void): unknown {
  const outer = printed;
  const own: Printed = { text: undefined };
  printed = own;
  let result: unknown;
  try {
    result = Reflect.apply(original, self, args);
  } finally {
    printed = outer;
  }
  const text = isWatched && !isOfLambda(original) ? own.text : formatAgain(args);
  if (text !== undefined) use(withoutColours(text));
  return result;
}

/** The runtime of AWS Lambda replaces the methods before the function is loaded, and writes past the console; what is off does nothing. */
function isOfLambda(original: Function): boolean {
  return (
    process.env['AWS_LAMBDA_RUNTIME_API'] !== undefined && !/\[native code\]|\{\s*\}$/.test(Function.prototype.toString.call(original))
  );
}

/** A console of another make: whatever could run code of the program once more is left out. */
export function formatAgain(args: unknown[]): string {
  const isSimple = args.every((value) => value === null || (typeof value !== 'object' && typeof value !== 'function'));
  return isSimple ? format(...args) : formatWithOptions({ customInspect: false, getters: false, depth: 1 }, '%s', args[0]);
}

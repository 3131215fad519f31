import { whenLoaded } from '../frameworks/loaded';
import { read, textOf } from '../frameworks/reader';
import { emitLine, fieldsOf } from './foreign-line';
import { idsOfLine } from './line-ids';

type AsJson = (this: object, object: unknown, message: unknown, level: number, time: unknown) => unknown;

/** Lines of pino, where it is loaded by a framework or a plug-in and nothing else sends them. */
export function watchPino(): void {
  isWatched = true;
  whenLoaded('pino/lib/proto.js', (make) => {
    if (typeof make === 'function') watchLogger(make());
  });
}

let isWatched = false;

/** Every logger of one copy of pino inherits the method that makes its lines. */
export function watchLogger(logger: unknown): void {
  if (!isWatched) return;
  for (let one: unknown = logger; typeof one === 'object' && one !== null; one = Object.getPrototypeOf(one)) {
    const key = symbolOf(one, 'pino.asJson');
    if (key === undefined) continue;
    const original: unknown = Reflect.get(one, key);
    if (typeof original !== 'function' || known.has(original)) return;
    Object.defineProperty(one, key, { configurable: true, enumerable: true, writable: true, value: bridge(original as AsJson) });
    return;
  }
}

const known = new WeakSet<object>();

function bridge(original: AsJson): AsJson {
  const asJson: AsJson = function asJson(object, message, level, time) {
    const ids = idsOfLine();
    // As a mixin of pino would: what the program logs goes first.
    const line = original.call(this, ids === undefined || isOurs(object) ? object : { ...ids, ...Object(object) }, message, level, time);
    emitLine(() => {
      if (typeof line !== 'string') return undefined;
      const record: Record<string, unknown> = JSON.parse(line);
      const key = messageKey(this);
      const body = record[key];
      return {
        level,
        body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
        attributes: fieldsOf(record, key),
        error: errorIn(object),
      };
    });
    return line;
  };
  known.add(asJson);
  return asJson;
}

/** The official instrumentation put them there. */
function isOurs(object: unknown): boolean {
  return typeof object === 'object' && object !== null && 'trace_flags' in object;
}

/** `msg`, unless the logger was made with another; loggers inherit it from that which they are a child of. */
function messageKey(logger: object): string {
  for (let one: object | null = logger; one !== null; one = Object.getPrototypeOf(one)) {
    const key = symbolOf(one, 'pino.messageKey');
    if (key !== undefined) return textOf(Reflect.get(one, key)) || 'msg';
  }
  return 'msg';
}

function errorIn(object: unknown): Error | undefined {
  if (object instanceof Error) return object;
  const error = typeof object === 'object' ? read(object, 'err') : undefined;
  return error instanceof Error ? error : undefined;
}

function symbolOf(object: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(object).find((symbol) => symbol.description === description);
}

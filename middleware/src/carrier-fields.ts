import { defaultTextMapSetter, type TextMapSetter } from '@opentelemetry/api';
import type { Given } from './client/trace-headers';

/** `Headers`, `Map`, `URLSearchParams`, the `Metadata` of gRPC. */
interface Table {
  get(name: string): unknown;
  set(name: string, value: string): unknown;
  delete?(name: string): unknown;
  remove?(name: string): unknown;
}

type Plain = Record<string, unknown>;

/** Writes into any carrier: a table, a list of `{ name: value }` or `[name, value]`, or an object with names as keys. */
export const anySetter: TextMapSetter<unknown> = {
  set(carrier, name, value) {
    if (isTable(carrier)) carrier.set(name, value);
    else if (isList(carrier)) carrier.push(Array.isArray(carrier[0]) ? [name, value] : { [name]: value });
    else defaultTextMapSetter.set(carrier, name, value);
  },
};

export function givenInCarrier(carrier: object): Given {
  return (name) => {
    if (isTable(carrier)) return filled(carrier.get(name));
    if (isList(carrier)) return filled(carrier.filter((entry) => nameIn(entry) === name).map((entry) => valueIn(entry)));
    const plain: Plain = carrier as Plain;
    return filled(keysOf(plain, name).map((key) => plain[key]));
  };
}

/** Every field of this name goes, in any case. */
export function takeOut(carrier: object, name: string): void {
  if (isTable(carrier)) {
    const names = carrier instanceof Map ? Array.from(carrier.keys()).filter((key) => lower(key) === name) : [name];
    for (const each of names) (carrier.delete || carrier.remove || ignore).call(carrier, each);
  } else if (isList(carrier)) {
    const kept = carrier.filter((entry) => nameIn(entry) !== name);
    if (kept.length < carrier.length) carrier.splice(0, carrier.length, ...kept);
  } else {
    const plain: Plain = carrier as Plain;
    for (const key of keysOf(plain, name)) delete plain[key];
  }
}

function ignore(): void {}

function isTable(carrier: unknown): carrier is Table {
  if (typeof carrier !== 'object' || carrier === null) return false;
  const { get, set, delete: erase, remove }: Partial<Table> = carrier;
  return typeof get === 'function' && typeof set === 'function' && (typeof erase === 'function' || typeof remove === 'function');
}

/** A list whose entries carry names; anything else that is an array is left to its own setter. */
function isList(carrier: unknown): carrier is unknown[] {
  return Array.isArray(carrier) && typeof carrier[0] === 'object' && carrier[0] !== null;
}

function nameIn(entry: unknown): string | undefined {
  return lower(Array.isArray(entry) ? entry[0] : typeof entry === 'object' && entry !== null ? Object.keys(entry)[0] : undefined);
}

function lower(name: unknown): string | undefined {
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}

function valueIn(entry: unknown): unknown {
  return Array.isArray(entry) ? entry[1] : Object.values(entry as Plain)[0];
}

function keysOf(plain: Plain, name: string): string[] {
  return Object.keys(plain).filter((key) => key.toLowerCase() === name);
}

function filled(value: unknown): unknown {
  return value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

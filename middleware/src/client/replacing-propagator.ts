import { type Context, defaultTextMapSetter, type TextMapGetter, type TextMapPropagator, type TextMapSetter } from '@opentelemetry/api';
import { givenInCarrier, takeOut } from '../carrier-fields';
import { changesOf } from './trace-headers';

/**
 * Leaves one trace context in a carrier that holds one already, whatever the case of its names: the headers of a message that is passed on.
 * The official instrumentations of messaging libraries inject through this too. Never throws, also when the carrier is frozen.
 */
export class ReplacingPropagator implements TextMapPropagator<unknown> {
  constructor(private readonly inner: TextMapPropagator) {}

  inject(context: Context, carrier: unknown, setter: TextMapSetter<unknown>): void {
    try {
      if (typeof carrier !== 'object' || carrier === null || isEmpty(carrier)) {
        this.inner.inject(context, carrier, setter);
        return;
      }
      const fields: Record<string, string> = {};
      this.inner.inject(context, fields, defaultTextMapSetter);
      for (const [name, value] of changesOf(fields, givenInCarrier(carrier), false)) {
        takeOut(carrier, name);
        if (value !== '') setter.set(carrier, name, value);
      }
    } catch {
      // The message goes out as the program made it.
    }
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter<unknown>): Context {
    return this.inner.extract(context, carrier, getter);
  }

  fields(): string[] {
    return this.inner.fields();
  }
}

/** Most carriers are new and empty. */
function isEmpty(carrier: object): boolean {
  if (Object.getPrototypeOf(carrier) !== Object.prototype) return false;
  return Object.keys(carrier).length === 0;
}

import { context } from '@opentelemetry/api';
import { activeContext } from '../context-manager';
import { read } from '../frameworks/reader';
import { atLoad } from '../process/at-load';
import { replaceMethod } from './replace';
import { carrierNow, consume, send } from './spans';
import { isObject } from './stored';

const SYSTEM = 'mqtt';

/** MQTT.js 4 and 5: the context is a user property, which MQTT 5 has; messages of MQTT 3.1.1 have no place for it and start traces of their own. */
export function watchMqtt(): void {
  atLoad('mqtt/lib/client.js', ({ exports }) => watchClient(read(exports, 'prototype')));
  atLoad('mqtt/build/lib/client.js', ({ exports }) => watchClient(read(exports, 'default', 'prototype')));
}

function watchClient(prototype: unknown): void {
  replaceMethod(
    prototype,
    'publish',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [topic, payload, second, third] = args;
        const [options, done] = typeof second === 'function' ? [undefined, second] : [second, third];
        const publish = (): unknown => {
          // QoS 1 and 2 answer in the context that made the connection.
          const rest = typeof done === 'function' ? [context.bind(caller, done)] : [];
          return Reflect.apply(original, this, [topic, payload, withContext(this, options), ...rest]);
        };
        const caller = activeContext();
        return send({ system: SYSTEM, destination: String(topic), name: 'publish' }, publish, undefined, []);
      },
  );
  replaceMethod(
    prototype,
    'emit',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        if (args[0] !== 'message') return Reflect.apply(original, this, args);
        const operation = { system: SYSTEM, destination: String(args[1]), name: 'process' };
        return consume(operation, read(args[3], 'properties', 'userProperties'), original, this, args);
      },
  );
}

/** Options of our own with what the program gave: it may publish with them again. */
function withContext(client: unknown, options: unknown): unknown {
  const carrier = read(client, 'options', 'protocolVersion') === 5 ? carrierNow() : undefined;
  if (carrier === undefined) return options;
  const properties: unknown = read(options, 'properties');
  const given: unknown = read(properties, 'userProperties');
  const userProperties = { ...(isObject(given) && given), ...carrier };
  return { ...(isObject(options) && options), properties: { ...(isObject(properties) && properties), userProperties } };
}

import { read } from '../frameworks/reader';
import { type Method, replaceMethod } from '../messaging/replace';
import { isObject } from '../messaging/stored';
import { atLoad } from '../process/at-load';
import { bindNow } from './bind';

/** Bluebird runs callbacks in whatever context settles a promise, unless it is told otherwise; its coroutines go on like that even then. */
export function mendBluebird(): void {
  for (const build of ['release', 'debug'])
    atLoad(`bluebird/js/${build}/bluebird.js`, ({ exports }) => {
      const config: unknown = read(exports, 'config');
      if (typeof config === 'function') Reflect.apply(config, exports, [{ asyncHooks: true }]);
      for (const name of ['coroutine', 'spawn']) replaceMethod(exports, name, followCoroutine);
    });
}

function followCoroutine(original: Method): Method {
  const follow = function (this: unknown, ...args: unknown[]): unknown {
    const [make] = args;
    if (typeof make !== 'function') return Reflect.apply(original, this, args);
    const steps = function (this: unknown, ...given: unknown[]): unknown {
      const generator: unknown = Reflect.apply(make, this, given);
      if (isObject(generator))
        for (const name of ['next', 'throw', 'return']) {
          const step: unknown = read(generator, name);
          if (typeof step === 'function')
            Object.defineProperty(generator, name, { configurable: true, writable: true, value: bindNow(step) });
        }
      return generator;
    };
    return Reflect.apply(original, this, [steps, ...args.slice(1)]);
  };
  // `coroutine.addYieldHandler`
  return Object.defineProperties(follow, Object.getOwnPropertyDescriptors(original)) as Method;
}

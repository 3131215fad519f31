import { context } from '@opentelemetry/api';
import { EventEmitter } from 'events';
import { activeContext } from '../context-manager';
import { read } from '../frameworks/reader';
import { replaceMethod } from '../messaging/replace';
import { isObject } from '../messaging/stored';
import { atLoad } from '../process/at-load';
import { bindArgument, bindNow } from './bind';

/**
 * Drivers that call back from what one connection of many callers receives: a callback runs in the context of its own call. Each driver has
 * one place that every command goes through.
 */
export function mendCallbacks(): void {
  for (const folder of ['mysql2/lib/base', 'mysql2/lib']) {
    atLoad(`${folder}/connection.js`, ({ exports }) => mendCommands(read(exports, 'prototype')));
    atLoad(`${folder}/pool.js`, ({ exports }) => bindArgument(read(exports, 'prototype'), 'getConnection', 0));
  }
  atLoad('redis/index.js', ({ exports }) => mendRedis(read(exports, 'RedisClient', 'prototype')));
  atLoad('amqplib/lib/channel.js', ({ exports }) => {
    for (const name of ['Channel', 'BaseChannel']) {
      bindArgument(read(exports, name, 'prototype'), '_rpc', 3);
      bindArgument(read(exports, name, 'prototype'), 'pushConfirmCallback', 0);
    }
  });
  atLoad('generic-pool/lib/generic-pool.js', ({ exports }) => bindArgument(read(exports, 'Pool', 'prototype'), 'acquire', 0));
}

function mendCommands(prototype: unknown): void {
  replaceMethod(
    prototype,
    'addCommand',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [command] = args;
        const onResult: unknown = read(command, 'onResult');
        if (isObject(command) && typeof onResult === 'function') Reflect.set(command, 'onResult', bindNow(onResult));
        // Without a callback its rows are events.
        else if (command instanceof EventEmitter) context.bind(activeContext(), command);
        return Reflect.apply(original, this, args);
      },
  );
}

/** Redis 2 and 3; later versions give promises. */
function mendRedis(prototype: unknown): void {
  replaceMethod(
    prototype,
    'internal_send_command',
    (original) =>
      function (this: unknown, ...args: unknown[]) {
        const [command] = args;
        const callback: unknown = read(command, 'callback');
        if (isObject(command) && typeof callback === 'function') Reflect.set(command, 'callback', bindNow(callback));
        return Reflect.apply(original, this, args);
      },
  );
}
